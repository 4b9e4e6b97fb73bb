import type { PostTradeRejection } from '../../../clearing/post-trade-rejection.ts';
import type { Texts } from '../english.ts';
import { dates } from './dates.ts';
import { words } from './words.ts';

export const postTradeRefusal: Texts['postTradeRefusal'] = (rejection) => {
  switch (rejection.code) {
    case 'after-input-cutoff':
      return `${dates.day(rejection.clearingDate)}的交易後輸入已經結束：${rejection.session} 時段的截止輸入時間為${dates.time(rejection.cutoff)}。`;
    case 'day-ended':
      return `${dates.day(rejection.businessDate)}的日終處理已經執行；該營業日的資料不可再作更改。`;
    case 'day-not-ended':
      return `${dates.day(rejection.businessDate)}的日終處理尚未執行；營業日須待其完成後方可轉換。`;
    case 'not-the-next-business-date':
      return `${dates.day(rejection.date)}並非下一營業日；下一營業日為${dates.day(rejection.next)}。`;

    case 'unknown-series':
      return `沒有系列 ${rejection.series}。`;
    case 'unknown-account':
      return `${partOf(rejection)}貴公司沒有戶口 ${rejection.account}。`;
    case 'unknown-participant':
      return `沒有結算參與者 ${rejection.participant}。`;
    case 'unknown-trade':
      return `貴公司沒有交易 ${rejection.trade}。`;
    case 'unknown-deal':
      return `沒有成交 ${rejection.deal}。`;
    case 'unknown-give-up':
      return `貴公司沒有發出或收到轉出（give-up）${rejection.giveUp}。`;
    case 'unknown-rectification':
      return `貴公司沒有更正 ${rejection.rectification}。`;
    case 'unknown-close-out':
      return `貴公司沒有平倉 ${rejection.closeOut}。`;
    case 'unknown-exercise':
      return `貴公司沒有行使要求 ${rejection.exercise}。`;

    case 'quantity-not-positive':
      return `${partOf(rejection)}數量為 ${rejection.quantity}；須為 1 張或以上的整數合約。`;
    case 'price-not-positive':
      return `價格為 ${rejection.price}；須為最小價格單位的整數，1 或以上。`;
    case 'commission-not-allowed':
      return `佣金為 ${rejection.commission}；須為 0 至 ${rejection.commissionMax} 的整數。`;
    case 'no-parts':
      return '沒有填寫任何分項；請填寫最少一項，包括戶口及數量。';
    case 'too-many-parts':
      return `共有 ${rejection.parts} 個分項；每次最多可填寫 ${rejection.partsMax} 個。`;
    case 'parts-do-not-add-up':
      return `各分項合共 ${rejection.sum} 張；須合共${rejection.lessAllowed ? '最多 ' : ' '}${rejection.expected} 張。`;
    case 'text-not-allowed':
      return rejection.problem === 'too-long'
        ? `${partOf(rejection)}${FIELD_TEXT[rejection.field]}有 ${rejection.length} 個字元；最多可有 ${rejection.lengthMax} 個。`
        : `${partOf(rejection)}${FIELD_TEXT[rejection.field]}含有不容許的字元；請使用英文字母、數字、空格及常用標點符號。`;

    case 'account-not-active':
      return `${partOf(rejection)}戶口 ${rejection.account} 的狀況為${words.accountStates[rejection.state]}；只有有效的戶口可作交易後輸入。`;
    case 'no-account-access':
      return `${partOf(rejection)}貴公司${rejection.access === 'read-only' ? '只可查閱' : '不可行使'}戶口 ${rejection.account}${rejection.access === 'read-only' ? '' : ' 的持倉'}。`;
    case 'account-type-not-allowed':
      return `${partOf(rejection)}戶口 ${rejection.account} 為${words.accountTypes[rejection.type]}；此功能只適用於${either(rejection.allowed.map((type) => words.accountTypes[type]))}。`;
    case 'same-account':
      return `兩個戶口均為 ${rejection.account}；請填寫兩個不同的戶口。`;
    case 'account-not-gross':
      return `戶口 ${rejection.account} 以${words.positionKeeping[rejection.keeping]}記錄持倉，沒有可供對銷的持倉。只有以總額記錄的戶口可作對銷（net-down）。`;

    case 'trade-not-active':
      return `交易 ${rejection.trade} ${words.tradeStates[rejection.state]}；只有有效的交易可作更改。`;
    case 'trade-too-old':
      return `交易 ${rejection.trade} 屬於${dates.day(rejection.clearingDate)}；此功能只適用於${dates.day(rejection.businessDate)}或以後的交易。`;
    case 'trade-type-not-allowed':
      return `交易 ${rejection.trade} 的類型為${words.tradeTypes[rejection.type]}；此功能只適用於${either(rejection.allowed.map((type) => words.tradeTypes[type]))}。`;
    case 'rectification-pending':
      return `交易 ${rejection.trade} 的更正 ${rejection.rectification} 正等候確認；請先予確認或拒絕。`;
    case 'give-up-pending':
      return `交易 ${rejection.trade} 有 ${rejection.held} 張的轉出（give-up）正等候承接者；請先予取消，或等候回覆。`;
    case 'not-enough-remaining':
      return `要求交易 ${rejection.trade} 的 ${rejection.asked} 張；餘額為 ${rejection.remaining} 張，其中 ${rejection.held} 張已有待處理的轉出（give-up）。`;
    case 'trade-not-in-transitory-account':
      return `交易 ${rejection.trade} 在戶口 ${rejection.account}；此功能只可將交易轉出暫記戶口（transitory）。`;
    case 'rectification-changes-nothing':
      return `交易 ${rejection.trade} 將維持不變；請填寫另一戶口，或更改其資料。`;
    case 'rectification-not-pending':
      return `更正 ${rejection.rectification} ${words.rectificationStates[rejection.state]}；只可回覆待處理的更正。`;
    case 'own-request':
      return `更正 ${rejection.rectification} 由 ${rejection.user} 提出；須由貴公司另一名用戶確認。`;
    case 'deal-not-annullable':
      return `成交 ${rejection.deal} 不可註銷：${ANNULMENT_TEXT[rejection.reason]}。`;

    case 'too-few-trades':
      return `共有 ${rejection.trades} 宗交易；平均價最少需要 ${rejection.tradesMin} 宗。`;
    case 'too-many-trades':
      return `共有 ${rejection.trades} 宗交易；平均價最多可有 ${rejection.tradesMax} 宗。`;
    case 'trade-named-twice':
      return `交易 ${rejection.trade} 重複填寫。`;
    case 'trades-differ':
      return `交易 ${rejection.trade} 的${DIFFERENCE_TEXT[rejection.field]}為 ${valueOf(rejection, rejection.found)}，之前的交易則為 ${valueOf(rejection, rejection.expected)}；平均價的所有交易須為相同。`;
    case 'no-average-price-account':
      return `${rejection.participant} 沒有用以建立平均價交易的${words.accountTypes.apt}。`;

    case 'give-up-to-oneself':
      return `承接者為 ${rejection.participant}，即貴公司本身；請填寫另一參與者。`;
    case 'not-in-clearing-house':
      return `${rejection.participant} 並非 ${rejection.clearingHouse} 的結算參與者，而 ${rejection.series} 在該處結算；請填寫另一參與者。`;
    case 'give-up-not-pending':
      return `轉出（give-up）${rejection.giveUp} ${words.giveUpStates[rejection.state]}；只可回覆待處理的轉出。`;
    case 'not-the-taker':
      return `轉出（give-up）${rejection.giveUp} 予 ${rejection.taker}；只有 ${rejection.taker} 可予承接。`;

    case 'series-expired':
      return `${rejection.series} 已經到期；最後交易日為${dates.day(rejection.lastTradingDay)}。`;
    case 'no-position':
      return `戶口 ${rejection.account} 沒有 ${rejection.series} 的持倉。`;
    case 'not-enough-position':
      return `${partOf(rejection)}要求 ${rejection.series} 的${SIDE_TEXT[rejection.side]} ${rejection.asked} 張；戶口 ${rejection.account} 可用 ${rejection.available} 張。`;
    case 'net-down-not-allowed':
      return `${rejection.series} 為${words.seriesKinds[rejection.kind]}；期貨持倉不作對銷（net-down）。`;
    case 'final-held-differs':
      return `閣下預期戶口 ${rejection.account} 其後有 ${rejection.series} 的長倉 ${rejection.finalHeld} 張；結果將為 ${rejection.expected} 張。`;
    case 'position-named-twice':
      return `戶口 ${rejection.account} 的 ${rejection.series} 持倉重複填寫。`;
    case 'close-out-of-another-date':
      return `平倉 ${rejection.closeOut} 屬於${dates.day(rejection.date)}；只可還原${dates.day(rejection.businessDate)}的平倉。`;
    case 'not-enough-closed-out':
      return `要求還原平倉 ${rejection.closeOut} 的 ${rejection.asked} 張；可還原的餘額為 ${rejection.left} 張。`;
    case 'cover-not-possible':
      return `${rejection.series} 不可如此備兌：${COVER_TEXT[rejection.reason]}。`;

    case 'exercise-not-possible':
      return rejection.reason === 'expired'
        ? `${rejection.series} 不可行使：已經到期。`
        : `${rejection.series} 不可要求行使：${EXERCISE_TEXT[rejection.reason]}。`;
    case 'deny-quantity':
      return `數量為 ${rejection.quantity}；戶口 ${rejection.account} 的 ${rejection.series} 可有 0 至長倉 ${rejection.held} 張不作自動行使。`;
    case 'exercise-not-pending':
      return `行使要求 ${rejection.exercise} ${words.exerciseStates[rejection.state]}；只可取消待處理的要求。`;
  }
};

const FIELD_TEXT = { 'customer info': '客戶資料', 'give-up text': '轉出備註' } as const;

const SIDE_TEXT = { held: '長倉', written: '短倉' } as const;

const DIFFERENCE_TEXT = { series: '系列', side: '買賣方向', account: '戶口', 'clearing date': '結算日' } as const;

function valueOf({ field }: Extract<PostTradeRejection, { code: 'trades-differ' }>, value: string): string {
  return field === 'side' ? ((words.sidesInText as Readonly<Record<string, string>>)[value] ?? value) : value;
}

const ANNULMENT_TEXT = {
  'annulled-already': '已經註銷',
  'not-a-match': '並非交易系統的成交',
  'trades-not-whole': '交易後功能已從其交易中取用部分合約',
  old: '屬於較早的營業日',
} as const;

const COVER_TEXT = {
  'not-a-call': '只有認購期權可以相關資產備兌',
  'not-stock': '只有股票期權可以相關資產備兌',
  'more-than-written': '備兌數目不可多於短倉',
  'below-zero': '數量須為 0 或以上',
} as const;

const EXERCISE_TEXT = {
  'not-an-option': '此為期貨，只有期權可以行使',
  european: '此為歐式期權，於到期日的日終處理時行使',
} as const;

function partOf({ part }: { readonly part?: number }): string {
  return part === undefined ? '' : `分項 ${part}：`;
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join('、')}或${names.at(-1)}`;
}

export const postTradeTitles: Texts['postTradeTitles'] = {
  403: '不獲允許',
  404: '找不到',
  409: '不可執行',
  422: '要求不獲接納',
};
