import { struct } from '../dictionary/shape.ts';
import { TRADE_CHANGE, tradeChangeFields } from '../transactions/trade-changes.ts';
import { broadcast } from './broadcast.ts';

export const tradeChangeBroadcast = broadcast({
  type: 'BD39',
  meaning: 'a trade of the participant changed: its state, remaining quantity or give-up state',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'dedicated',
  notice: 'trade-change',
  message: { cl_trade_change_api: struct(TRADE_CHANGE) },
  encode: ({ change }, { gateway, message }) =>
    message.encode({ cl_trade_change_api: tradeChangeFields(change, gateway) }, 'BD39'),
  sequenceOf: ({ change }) => change.sequence,
});
