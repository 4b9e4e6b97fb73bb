import type { Texts } from '../english.ts';

export const frame: Texts['frame'] = {
  simulation: '模擬系統',
  skip: '跳至主要內容',
  time: '香港時間',
  session: '時段',
  gateway: (number) => `閘道 ${number}`,
  warning: '本系統只供測試及培訓之用，並非香港交易所的系統。切勿輸入真實密碼。',
  footer: 'dcass-sim 為 DCASS 的模擬系統，並非由香港交易所營運，與香港交易所並無關連，亦未獲其認可。',

  menu: '功能',
  approvals: '覆核',
  changePassword: '更改密碼',
  logOut: '登出',
  unread: '則未讀',

  phases: { 'enquiry-only': '只限查詢', normal: '正常', closed: '已關閉' },
  until: (phase, closesAt) => `${phase} — 至 ${closesAt}`,
  opens: (phase, opensAt) => `${phase} — ${opensAt} 開放`,
  ending: (closesAt) => `本時段將於 ${closesAt} 結束，屆時閣下將被登出。請盡快完成手頭工作。`,
  passwordExpires: (days) => `閣下的密碼將於 ${days} 日後到期。`,
  changeItNow: '立即更改',

  noAnswer: '此閘道沒有回應。',
  tryOthers: (hosts) =>
    `請改用 ${hosts.slice(0, -1).join('、')}${hosts.length > 1 ? ' 或 ' : ''}${hosts.at(-1) ?? ''}。`,

  toThePositions: '前往持倉',
  backToThePositions: '返回持倉',
  toTheLogin: '前往登入',
};
