import { ACCOUNT_TYPES, POSITION_KEEPING, type AccountType } from '../../clearing/account.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { answerSegment, SERIES_QUERY } from './series-query.ts';
import { transaction } from './transaction.ts';

/** ASSUMED: what DCASS calls its account types on the wire, at most 12 characters; HKEX's names are not public. */
export const ACCOUNT_TYPE_IDS: Readonly<Record<AccountType, string>> = {
  house: 'HOUSE',
  'market-maker': 'MARKETMAKER',
  'omnibus-client': 'OMNIBUS',
  'individual-client': 'INDIVIDUAL',
  'client-offset-claim': 'COCA',
  daily: 'DAILY',
  sink: 'SINK',
  apt: 'APT',
  transitory: 'TRANSITORY',
};

const DESCRIPTIONS: Readonly<Record<AccountType, string>> = {
  house: 'House',
  'market-maker': 'Market maker',
  'omnibus-client': 'Omnibus client',
  'individual-client': 'Individual client',
  'client-offset-claim': 'Client offset claim',
  daily: 'Daily',
  sink: 'Sink',
  apt: 'Average price trade',
  transitory: 'Transitory',
};

export const accountTypeQuery = transaction({
  type: 'DQ12',
  meaning: 'account types, and how each keeps positions',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA12: {
      segment_number: INT,
      item: list({
        acc_type: TEXT,
        description: TEXT,
        open_close: optional(INT),
        transitory: optional(INT),
        market_maker: optional(INT),
        own_inventory: optional(INT),
        exclusive_opening_sell: optional(INT),
        positions_allowed: optional(INT),
        trades_allowed: optional(INT),
        handled_non_ccp: optional(INT),
        custodian: optional(INT),
      }),
    },
  },
  // In the order of the model; `series` is not looked at, as the types are the same in every market.
  answer(query, call) {
    const { DA12 } = call.answers;
    const { numbers } = call.gateway.protocol;
    const flag = (isSo: boolean): number => numbers.of('yes_no', isSo ? 'yes' : 'no');
    return answerSegment(ACCOUNT_TYPES, query.segment_number, DA12.capacity, call, (segment) =>
      DA12.encode(
        {
          segment_number: segment.answered,
          // ASSUMED: gross keeping is what the family calls open/close; what each flag means by its name.
          item: segment.rows.map((type) => ({
            acc_type: ACCOUNT_TYPE_IDS[type],
            description: `${DESCRIPTIONS[type]} (${POSITION_KEEPING[type]})`,
            open_close: flag(POSITION_KEEPING[type] === 'gross'),
            transitory: flag(type === 'transitory'),
            market_maker: flag(type === 'market-maker'),
            own_inventory: flag(type === 'house' || type === 'market-maker'),
            exclusive_opening_sell: flag(false),
            positions_allowed: flag(type !== 'apt'),
            trades_allowed: flag(true),
            handled_non_ccp: flag(false),
            custodian: flag(false),
          })),
        },
        'DA12',
      ),
    );
  },
});
