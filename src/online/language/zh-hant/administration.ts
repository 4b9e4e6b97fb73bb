import { html } from '../../html.ts';
import type { Texts } from '../english.ts';

export const administration: Texts['administration'] = {
  byHkex: '由香港交易所處理',
  resetPassword: '重設密碼',
  ofUser: (user) => ` ${user}`,
  access: '權限',
  unlock: '解除鎖定',
  aboutUser: (user) => ` ${user}`,
  functionsOf: (count, all) => `${count}／${all}`,
  loginFrom: (time, gateway, address) => `${time} ${gateway}，來自 ${address}`,
  passwordReset: '密碼已重設',
  temporaryPasswordOf: (user) => html`${user} 的臨時密碼為`,
  shownOnlyNow: (user) => `此密碼只顯示一次。${user} 下次登入時必須更改密碼；用戶亦已解除鎖定。`,
  backToTheUsers: '返回用戶',
  unlocked: (user) => `${user} 已解除鎖定。`,

  accessOf: (user) => `${user} 的權限`,
  postTradeFunctions: '交易後功能',
  save: '儲存',
  holdsAtOnce: '更改即時生效，亦適用於已登入的時段。所有用戶均可查詢。',
  unknownField: '欄位不明',
  unknownFieldText: (name) => `此表格的欄位為 csrf 或一項交易後功能，每項只可出現一次；「${name}」不正確。`,
  saved: (user) => `${user} 的權限已儲存。`,

  thisSession: '本登入時段',
  logOut: '登出',
  sessionOf: (user, gateway) => ` ${gateway} 的 ${user}`,
  hasBeenLoggedOut: (user, gateway) => `${user} 已從 ${gateway} 登出。`,
};
