import type { ClearingEvent } from '../clearing/event.ts';
import { parseUserId } from '../clearing/user.ts';
import { toIso } from '../time/instant.ts';
import type { NewEntry } from './entry.ts';

/** The journal entry of a clearing event: `clearing.<type>`, flat, without secrets and file contents. */
export function entryOf(event: ClearingEvent): NewEntry {
  return { kind: `clearing.${event.type}`, source: 'clearing', ...fieldsOf(event) };
}

function fieldsOf(event: ClearingEvent): Record<string, unknown> {
  switch (event.type) {
    case 'phase-changed':
      return { phase: event.phase };
    case 'business-date-set':
      return { businessDate: event.businessDate };
    case 'logged-in': {
      const { id, window, gateway, user, restricted } = event.session;
      return { session: id, window, gateway, ...ofUser(user), ...(restricted ? { restricted } : {}) };
    }
    case 'session-ended': {
      const { id, window, gateway, user } = event.session;
      return { session: id, window, gateway, ...ofUser(user), reason: event.reason };
    }
    case 'restriction-lifted':
      return { session: event.session };
    case 'login-failed':
      return { ...ofUser(event.user), failedLogins: event.failedLogins };
    case 'password-set':
      return {
        ...ofUser(event.user),
        by: event.by,
        mustChange: event.mustChange,
        expiresAt: event.expiresAt === undefined ? null : toIso(event.expiresAt),
      };
    case 'password-expired':
    case 'user-locked':
    case 'user-unlocked':
    case 'user-suspended':
    case 'user-reinstated':
      return ofUser(event.user);
    case 'deal-matched': {
      const [buy, sell] = event.trades;
      const { series, quantity, price, clearingDate } = buy;
      return {
        deal: event.deal,
        series,
        quantity,
        price,
        clearingDate,
        buyer: { participant: buy.participant, account: buy.account, trade: buy.number },
        seller: { participant: sell.participant, account: sell.account, trade: sell.number },
      };
    }
    case 'message-sent':
      return { message: event.message.number, to: event.message.to ?? 'all', text: event.message.text };
    case 'report-started':
    case 'report-completed': {
      const { fileName, folderDate } = event.type === 'report-started' ? event.report : event;
      return { file: fileName, folder: folderDate };
    }
  }
}

function ofUser(user: string): Record<string, unknown> {
  return { user, participant: parseUserId(user)?.participant };
}
