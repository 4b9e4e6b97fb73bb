import type { Texts } from '../english.ts';
import { dates } from './dates.ts';

export const entrance: Texts['entrance'] = {
  login: '登入',
  userName: '用戶名稱',
  password: '密碼',
  logIn: '登入',
  forgotten: '忘記密碼或已被鎖定？貴公司的 DCASS 管理員可重設密碼及解除鎖定。',
  loggedOut: '閣下已登出。',
  loggedInAs: (user) => `閣下現以 ${user} 登入。`,
  foreignLogin: '此登入並非來自本閘道的登入頁。',
  tooManyLogins: (seconds) => `來自閣下地址的登入被拒次數過多。請於 ${seconds} 秒後再試。`,
  notLoggedIn: '尚未登入',
  notLoggedInText: '閣下尚未登入。',

  dcassSession: 'DCASS 時段',
  notOpen: 'DCASS Online 並未開放',
  noSessionPlanned: 'DCASS Online 並未開放，亦沒有已安排的時段。',
  notOpenYet: (name, opensAt, closesAt) =>
    `時段尚未開始。「${name}」的時間為香港時間${dates.hours(opensAt, closesAt)}。`,
  notOpenAnyMore: (name, opensAt, closesAt) =>
    `時段已經結束。「${name}」的時間為香港時間${dates.hours(opensAt, closesAt)}。`,
  ended(reason, when, session) {
    switch (reason) {
      case 'logged-out':
        return '閣下已登出。';
      case 'session-closed':
        return `「${session}」已於 ${when} 結束，閣下已被登出。`;
      case 'idle':
        return `由於一段時間沒有操作，閣下已於 ${when} 被登出。請重新登入。`;
      case 'taken-over':
        return `同一用戶在別處登入，閣下已於 ${when} 被登出。`;
      case 'connection-lost':
        return `與 DCASS 的連接已於 ${when} 中斷。請重新登入。`;
      case 'gateway-stopped':
        return `此閘道已於 ${when} 停止，閣下已被登出。`;
      case 'user-locked':
        return `閣下的用戶已於 ${when} 被鎖定，閣下已被登出。請聯絡貴公司的 DCASS 管理員解除鎖定。`;
      case 'user-suspended':
        return `閣下的用戶已於 ${when} 被暫停，閣下已被登出。`;
      case 'password-reset':
        return `閣下的密碼已於 ${when} 重設，閣下已被登出。請以臨時密碼登入。`;
      case 'forced-by-administrator':
        return `閣下已於 ${when} 被貴公司的 DCASS 管理員登出。`;
    }
  },

  changePassword: '更改密碼',
  currentPassword: '現時密碼',
  newPassword: '新密碼',
  newPasswordAgain: '再次輸入新密碼',
  confirmationDiffers: '兩次輸入的新密碼不同。',
  currentIsWrong: '現時密碼不正確。',
  passwordChanged: '閣下的密碼已更改。',
  mustChange: '請更改密碼',
  mustChangeLink: '閣下必須先更改密碼。',
  mustChangeAt: '閣下必須先於 /password 更改密碼。',
  expired: (at) => `閣下的密碼已${at === undefined ? '' : `於${at}`}到期。請更改密碼以繼續；在此之前不能使用其他功能。`,
  wasReset: '閣下的密碼已被重設。請更改臨時密碼以繼續；在此之前不能使用其他功能。',
  rules: {
    intro: '新密碼必須：',
    length: (min, max) => `有 ${min} 至 ${max} 個字元；`,
    kinds: '有最少一個英文字母、一個數字及一個特殊字元；',
    accepted: '不含以下以外的特殊字元：',
    history: (remembered) => (remembered > 1 ? `有別於閣下最近 ${remembered} 個密碼。` : '有別於現時密碼。'),
  },
};
