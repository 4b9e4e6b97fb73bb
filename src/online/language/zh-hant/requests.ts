import type { Texts } from '../english.ts';

export const requests: Texts['requests'] = {
  pageNotFound: '找不到網頁',
  noPageFor: (method, path) => `DCASS Online 沒有 ${method} ${path} 的網頁。`,
  formNotAccepted: '表格不獲接納',
  staleForm: '此表格並非來自閣下已開啟的網頁，或該網頁已過時。請返回並重新載入網頁，然後再試。沒有作出任何更改。',
  notAccepted: '要求不獲接納',
  tooLong: '表格過長。',
  wrongType: '表格須以 application/x-www-form-urlencoded 提交。',
  notWellFormed: '要求的格式不正確。',
  bug: '模擬系統故障',
  bugText: '模擬系統在此發生故障，已於日誌記為 simulator.bug；請予報告。',
  foreignSwitch: '此表格並非來自本閘道的網頁。',
  unknownLanguage: '沒有此語言。',
};
