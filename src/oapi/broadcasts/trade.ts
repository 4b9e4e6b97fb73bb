import { INT, struct } from '../dictionary/shape.ts';
import { TRADE_PARTS, tradeFields, tradeSubItems } from '../transactions/trade-item.ts';
import { encodeSubItems } from '../variable-message.ts';
import { broadcast } from './broadcast.ts';

const ITEM_HEADER_BYTES = 4;

/** Every new trade of the participant: of a match, a give-up, a rectification, a transfer, an exercise. */
export const tradeBroadcast = broadcast({
  type: 'BD6',
  meaning: 'a new trade of the participant',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  audience: 'dedicated',
  notice: 'trade',
  message: { items: INT, size: INT },
  named: TRADE_PARTS,
  encode({ trade }, { gateway, message, named }) {
    const subItems = tradeSubItems(trade, { ...gateway, parts: named, series: gateway.core.series.bind(gateway.core) });
    const body = encodeSubItems(subItems);
    // The size counts itself and `items`, as that of every item header does (KTN): not the TYPE.
    const header = message.encode({ items: subItems.length, size: ITEM_HEADER_BYTES + body.length }, 'BD6');
    return Buffer.concat([header, body]);
  },
  sequenceOf: ({ trade }) => trade.sequence,
  userOf: ({ trade }) => trade.user,
});

/** The same in the CLICK era, in one struct; where the dictionary has both, BD6 is sent. */
export const clickTradeBroadcast = broadcast({
  type: 'BD5',
  meaning: 'a new trade of the participant, as the CLICK era has it',
  source: 'oapi-facts.md section 4.2 and Appendix A.ISE02, C',
  audience: 'dedicated',
  notice: 'trade',
  message: { cl_trade_api: struct({ ...TRADE_PARTS[20], ...TRADE_PARTS[3] }) },
  encode({ trade }, { gateway, message }) {
    const { base, securityPart } = tradeFields(trade, { ...gateway, series: gateway.core.series.bind(gateway.core) });
    return message.encode({ cl_trade_api: { ...securityPart, ...base } }, 'BD5');
  },
  sequenceOf: ({ trade }) => trade.sequence,
  userOf: ({ trade }) => trade.user,
});
