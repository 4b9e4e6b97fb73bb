import { COMMAND_NAMES, COMMANDS } from '../../../clearing/commands/catalogue.ts';
import type { Texts } from '../english.ts';
import { functions } from './functions.ts';

const PASSWORD = '新密碼不獲接納';
const FUNCTION = '功能不可使用';
const KINDS = { letter: '英文字母', digit: '數字', special: '特殊字元' } as const;

/** The model names a function in English. */
function functionOf(englishName: string): string {
  const command = COMMAND_NAMES.find((name) => COMMANDS[name].functionName === englishName);
  return command === undefined ? englishName : functions.name(command);
}

export const sessionRefusal: Texts['sessionRefusal'] = (rejection) => {
  switch (rejection.code) {
    // One answer for all three: the page must not tell which user names exist.
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'wrong-password':
      return { title: '登入不獲接納', text: '用戶名稱或密碼不正確。' };
    case 'user-locked':
      return {
        title: '用戶已鎖定',
        text: '此用戶因多次輸入錯誤密碼而被鎖定。請聯絡貴公司的 DCASS 管理員解除鎖定或重設密碼。',
      };
    case 'user-suspended':
      return { title: '用戶已暫停', text: '此用戶已被暫停。請聯絡貴公司的 DCASS 管理員或香港交易所。' };
    case 'address-not-authorised':
      return {
        title: '地址未獲授權',
        text: `地址 ${rejection.address} 不在貴公司的獲授權範圍之內（${rejection.authorised.join('、') || '無'}）。請於獲授權的工作站登入。`,
      };
    case 'user-already-logged-in':
      return { title: '已經登入', text: `此用戶已於 ${rejection.gateway} 登入。` };
    case 'too-many-sessions-of-user':
      return {
        title: '登入時段過多',
        text: `此用戶已有 ${rejection.sessionsMax} 個登入時段。請先登出其中一個。`,
      };
    case 'session-at-another-gateway':
      return { title: '已在別處登入', text: `此用戶已於 ${rejection.gateway} 登入。請先在該處登出。` };
    case 'gateway-full':
      return {
        title: '閘道已滿',
        text: `此閘道最多可有 ${rejection.sessionsMax} 個登入時段。請使用另一閘道。`,
      };
    case 'not-logged-in':
      return { title: '尚未登入', text: '閣下尚未登入。' };
    case 'password-change-required':
      return { title: '請更改密碼', text: '閣下必須先更改密碼，方可使用 DCASS Online。' };
    case 'new-password-length':
      return {
        title: PASSWORD,
        text: `新密碼有 ${rejection.length} 個字元；須有 ${rejection.lengthMin} 至 ${rejection.lengthMax} 個。`,
      };
    case 'new-password-character':
      return {
        title: PASSWORD,
        text: `新密碼的第 ${rejection.position} 個字元不獲接納。請使用英文字母、數字及 ${[...rejection.accepted].join(' ')}`,
      };
    case 'new-password-composition':
      return {
        title: PASSWORD,
        text: `新密碼欠缺${rejection.missing.map((kind) => KINDS[kind]).join('及')}；每種須最少有一個。`,
      };
    case 'new-password-used-before':
      return {
        title: PASSWORD,
        text: `新密碼曾經使用。閣下最近 ${Math.max(1, rejection.remembered)} 個密碼不可再用。`,
      };
    case 'not-an-administrator':
      return { title: '只限管理員', text: '只有貴公司的 DCASS 管理員可使用本頁。' };
    case 'user-of-another-participant':
      // The same as for a user that does not exist: an administrator must not learn other firms' user names.
      return { title: '沒有此用戶', text: '貴公司沒有此用戶。' };
    case 'administrator-may-not-reset':
      return { title: '管理員不可處理', text: '管理員本身的密碼由香港交易所重設，不可由另一管理員重設。' };
    case 'unknown-session':
      return { title: '沒有此登入時段', text: '貴公司沒有此登入時段，可能已經結束。' };
    case 'own-session':
      return { title: '閣下本身的登入時段', text: '這是閣下正在使用的登入時段。請使用頁頂的按鈕登出。' };
    case 'function-not-available':
      return {
        title: FUNCTION,
        text: `「${functionOf(rejection.functionName)}」不可使用。本時段只提供查詢功能，不容許任何交易後活動。`,
      };
    case 'function-not-simulated':
      return {
        title: '尚未模擬',
        text: `「${functionOf(rejection.functionName)}」尚未模擬。沒有作出任何更改。`,
      };
    case 'function-not-for-user':
      return {
        title: FUNCTION,
        text: `「${functionOf(rejection.functionName)}」不適用於閣下的用戶類別。請聯絡貴公司的 DCASS Online 用戶。`,
      };
    case 'function-not-in-profile':
      return {
        title: FUNCTION,
        text: `「${functionOf(rejection.functionName)}」不在閣下的權限之內。請聯絡貴公司的 DCASS 管理員。`,
      };
    case 'no-access-profile':
      return { title: '沒有權限設定', text: '管理員沒有交易後功能，因此沒有權限設定。' };
  }
};
