import type { Texts } from '../english.ts';

function numbered(what: string, number: number | undefined): string {
  return number === undefined ? `新${what}` : `${what} ${number}`;
}

export const effects: Texts['effects'] = {
  trade: (number, { side, quantity, series, price, account, type, of }) =>
    `${numbered('交易', number)}：於戶口 ${account} ${side} ${quantity} 張 ${series}，價格 ${price}，${type}${of === undefined ? '' : `，源自交易 ${of}`}。`,
  tradeChanged: (number, { remaining, held, state }) =>
    `交易 ${number}：餘額 ${remaining}${held === undefined ? '' : `，其中 ${held} 張待轉出（give-up）`}，${state}。`,
  giveUp: (number, { quantity, series, giver, taker, state }) =>
    `${numbered('轉出（give-up）', number)}：${quantity} 張 ${series}，由 ${giver} 轉予 ${taker}，${state}。`,
  rectification: (number, { trade, state, waits }) =>
    `${numbered('更正', number)}：交易 ${trade}，${state}${waits ? '，等候確認' : ''}。`,
  averagePrice: ({ quantity, series, price, members }) =>
    `${quantity} 張 ${series}，平均價 ${price}，所含交易 ${members.join('、')}。`,
  closeOut: (number, quantity) => `${numbered('平倉', number)}：每邊 ${quantity} 張。`,
  restored: (number, restored, quantity) => `平倉 ${number}：${quantity} 張中已還原 ${restored} 張。`,
  exercise: (number, { quantity, series, account, state }) =>
    `${numbered('行使要求', number)}：戶口 ${account} 的 ${series} ${quantity} 張，${state}。`,
  changes: {
    held: '長倉',
    written: '短倉',
    closedOut: '已平倉',
    exercised: '已行使',
    assigned: '已分配',
    denied: '不行使',
    covered: '備兌',
  },
  adjusted: (account, series, changes) =>
    `戶口 ${account} 的 ${series} 持倉：${changes.length === 0 ? '不變' : changes.join('，')}。`,
  positionNow: ({ series, account, held, written }) =>
    `現時戶口 ${account} 的 ${series} 持倉：長倉 ${held}，短倉 ${written}。`,
};
