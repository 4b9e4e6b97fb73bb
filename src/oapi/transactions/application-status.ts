import { COMPLETION } from '../completion.ts';
import { INT } from '../dictionary/shape.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/**
 * A client says that it is ready: 1, before its first transaction. ASSUMED: any number from 0 on is taken, `series` is
 * not looked at, nothing in clearing depends on it, and it is allowed in enquiry-only mode. The journal has the number.
 */
export const applicationStatus = transaction({
  type: 'UI1',
  meaning: "the status of the user's application: 1 is ready",
  source: 'oapi-facts.md 1.1 and Appendix A, C',
  call: 'transaction',
  kind: 'enquiry',
  request: { series: SERIES, application_status: INT },
  answer({ application_status: status }, call) {
    if (status < 0) throw call.badField(['application_status'], `${status}; a status is 0 or more`);
    return {
      completion: COMPLETION.NORMAL,
      status: call.gateway.protocol.statuses.done,
      outcome: 'ok',
      journal: { applicationStatus: status },
    };
  },
});
