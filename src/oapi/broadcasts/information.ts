import { INT, optional } from '../dictionary/shape.ts';
import { SIGNAL, signalFields } from '../transactions/signals-sent.ts';
import { broadcast } from './broadcast.ts';

export const informationBroadcast = broadcast({
  type: 'BI7',
  meaning: 'something may be fetched now: settlement prices, reports, the end of the day',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'general',
  notice: 'information',
  message: { ...SIGNAL, seq_num: optional(INT) },
  encode: ({ signal }, { gateway, message }) =>
    message.encode({ ...signalFields(signal, gateway.protocol), seq_num: signal.number }, 'BI7'),
  sequenceOf: ({ signal }) => signal.number,
});
