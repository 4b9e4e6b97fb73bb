import type { ClearingEvent } from '../clearing/event.ts';
import { eventShape } from '../clearing/plain/event-shapes.ts';
import type { CredentialVault } from '../clearing/secret.ts';
import { parseUserId } from '../clearing/user.ts';
import { toIso } from '../time/instant.ts';
import type { NewEntry } from './entry.ts';

/**
 * The journal entry of a clearing event, `clearing.<type>`: flat fields for people, and `event`, from which it can be
 * replayed. Both are without secrets and file contents: `vault` keeps a password, the event has a reference to it.
 */
export function entryOf(event: ClearingEvent, vault: CredentialVault): NewEntry {
  return { kind: `clearing.${event.type}`, source: 'clearing', ...fieldsOf(event), event: inJournal(event, vault) };
}

// Most events are plain already. They are not copied: their rows are the state's own, which nobody changes, so that a
// journal in memory costs next to nothing beside the state.
function inJournal(event: ClearingEvent, vault: CredentialVault): unknown {
  const isPlain = event.type !== 'password-set' && event.type !== 'report-started';
  return isPlain ? event : eventShape(event.type).write(event, vault);
}

/** What an entry tells people of its event. */
export function fieldsOf(event: ClearingEvent): Record<string, unknown> {
  switch (event.type) {
    case 'phase-changed':
      return { phase: event.phase };
    case 'business-date-set':
    case 'input-cutoff-lifted':
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
    case 'user-functions-changed':
      return { ...ofUser(event.user), functions: event.functions ?? 'all' };
    case 'deal-matched':
    case 'deal-made': {
      const { deal, trades } = event;
      const [buy, sell] = trades;
      const { number, reason, series, quantity, price } = deal;
      return {
        deal: number,
        ...(reason === 'match' ? {} : { reason }),
        series,
        quantity,
        price,
        clearingDate: buy.clearingDate,
        buyer: { participant: buy.participant, account: buy.account, trade: buy.number },
        seller: { participant: sell.participant, account: sell.account, trade: sell.number },
      };
    }
    case 'deal-annulled':
      return { deal: event.deal };
    case 'trade-changed': {
      const { number, participant, series, state, remainingQuantity, heldQuantity } = event.trade;
      return { trade: number, participant, series, state, remaining: remainingQuantity, held: heldQuantity };
    }
    case 'give-up-changed': {
      const { number, giver, taker, trade, series, quantity, state } = event.giveUp;
      return { giveUp: number, giver, taker, trade, series, quantity, state };
    }
    case 'rectification-changed': {
      const { number, participant, trade, series, state, parts } = event.rectification;
      return { rectification: number, participant, trade, series, state, parts: parts.length };
    }
    case 'average-price-trade-made': {
      const { trade, participant, series, quantity, averagePrice, members } = event.averagePriceTrade;
      return { trade, participant, series, quantity, price: averagePrice, members: members.length };
    }
    case 'close-out-changed': {
      const { number, participant, account, series, quantity, restored } = event.closeOut;
      return { closeOut: number, participant, account, series, quantity, restored };
    }
    case 'exercise-changed': {
      const { number, participant, account, series, quantity, state } = event.exercise;
      return { exercise: number, participant, account, series, quantity, state };
    }
    case 'delivery-made': {
      const { number, participant, account, series, cause, dueDate } = event.delivery;
      return { delivery: number, participant, account, series, cause, dueDate };
    }
    case 'position-adjusted': {
      const { participant, account, series, reason, change } = event;
      return { participant, account, series, reason, change };
    }
    case 'account-changed': {
      const { participant, account, state, access } = event;
      return { participant, account, state, access };
    }
    case 'price-set':
      return { of: event.of, price: event.price };
    case 'day-ended':
      return { businessDate: event.businessDate };
    case 'business-date-rolled':
      return { from: event.from, to: event.to };
    case 'message-sent':
      return { message: event.message.number, to: event.message.to ?? 'all', text: event.message.text };
    case 'information-ready':
      return {
        number: event.signal.number,
        information: event.signal.kind,
        businessDate: event.signal.businessDate,
      };
    case 'report-started': {
      const { fileName, folderDate, unfit, withheld, damage } = event.report;
      return {
        file: fileName,
        folder: folderDate,
        ...(unfit > 0 ? { unfit } : {}),
        ...(withheld ? { withheld } : {}),
        ...(damage === undefined ? {} : { damage: damage.how }),
      };
    }
    case 'report-completed':
    case 'report-released':
      return { file: event.fileName, folder: event.folderDate };
    case 'report-republished':
      return { file: event.newName, folder: event.folderDate, of: event.fileName };
  }
}

function ofUser(user: string): Record<string, unknown> {
  return { user, participant: parseUserId(user)?.participant };
}
