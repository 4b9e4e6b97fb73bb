import { applyRoll } from './apply-day.ts';
import { applyAdjustment, applyDeal } from './apply-deal.ts';
import { applyReport } from './apply-report.ts';
import type { ClearingEvent } from './event.ts';
import { keepDelivery, keepGiveUp, keepTradeChange } from './feed/keep-records.ts';
import type { GiveUp } from './give-up.ts';
import { bookOf, type ClearingState, type Counters } from './state.ts';
import type { User, UserId } from './user.ts';

/** Sessions whose end is remembered; a client that comes back later is simply not logged in. */
const ENDED_SESSIONS_MAX = 10_000;

/** The only code that changes the clearing state. It decides nothing: what an event says has happened. */
export function applyEvent(state: ClearingState, event: ClearingEvent): void {
  switch (event.type) {
    case 'phase-changed':
      state.phase = event.phase;
      return;
    case 'business-date-set':
      state.businessDate = event.businessDate;
      return;
    case 'input-cutoff-lifted':
      state.cutoffLiftedFor = event.businessDate;
      return;
    case 'logged-in': {
      const { id, user, since: at, window, gateway, address } = event.session;
      state.next.session += 1;
      state.sessions.set(id, event.session);
      changeUser(state, user, () => ({ failedLogins: 0, lastLogin: { at, window, gateway, address } }));
      return;
    }
    case 'login-failed':
      changeUser(state, event.user, () => ({ failedLogins: event.failedLogins, lastFailedLogin: event.attempt }));
      return;
    case 'session-ended':
      state.sessions.delete(event.session.id);
      state.endedSessions.set(event.session.id, event.reason);
      // Many at once: the search for the oldest passes all that were forgotten since the map was last rebuilt.
      if (state.endedSessions.size > ENDED_SESSIONS_MAX + ENDED_SESSIONS_MAX / 10) {
        for (const oldest of state.endedSessions.keys()) {
          if (state.endedSessions.size <= ENDED_SESSIONS_MAX) break;
          state.endedSessions.delete(oldest);
        }
      }
      return;
    case 'restriction-lifted': {
      const session = state.sessions.get(event.session);
      if (session) state.sessions.set(session.id, { ...session, restricted: undefined });
      return;
    }
    case 'password-set':
      if (event.by !== 'user') state.next.temporaryPassword += 1;
      changeUser(state, event.user, (user) => ({
        password: event.password,
        passwordSetAt: event.at,
        passwordExpiresAt: event.expiresAt,
        mustChangePassword: event.mustChange,
        earlierPasswords: [user.password, ...user.earlierPasswords].slice(0, event.remembered),
        failedLogins: 0,
      }));
      return;
    case 'password-expired':
      changeUser(state, event.user, () => ({ passwordExpiresAt: event.at }));
      return;
    case 'user-locked':
      changeUser(state, event.user, () => ({ locked: true }));
      return;
    case 'user-unlocked':
      changeUser(state, event.user, () => ({ locked: false, failedLogins: 0 }));
      return;
    case 'user-suspended':
      changeUser(state, event.user, () => ({ suspended: true }));
      return;
    case 'user-reinstated':
      changeUser(state, event.user, () => ({ suspended: false }));
      return;
    case 'user-functions-changed':
      changeUser(state, event.user, () => ({ functions: event.functions }));
      return;
    case 'deal-matched':
    case 'deal-made':
      applyDeal(state, event.deal, event.trades);
      return;
    case 'deal-annulled': {
      const deal = state.deals.get(event.deal);
      if (deal) state.deals.set(deal.number, { ...deal, annulled: true });
      return;
    }
    case 'trade-changed':
      bookOf(state, event.trade.participant).trades.replace(event.trade);
      keepTradeChange(state, event.trade);
      return;
    case 'give-up-changed':
      applyGiveUp(state, event.giveUp);
      return;
    case 'rectification-changed': {
      const { rectification } = event;
      bookOf(state, rectification.participant).rectifications.set(rectification.number, rectification);
      count(state, 'rectification', rectification.number);
      return;
    }
    case 'average-price-trade-made': {
      const { averagePriceTrade } = event;
      bookOf(state, averagePriceTrade.participant).averagePriceTrades.set(averagePriceTrade.trade, averagePriceTrade);
      return;
    }
    case 'close-out-changed': {
      const { closeOut } = event;
      bookOf(state, closeOut.participant).closeOuts.set(closeOut.number, closeOut);
      count(state, 'closeOut', closeOut.number);
      return;
    }
    case 'exercise-changed': {
      const { exercise } = event;
      bookOf(state, exercise.participant).exercises.set(exercise.number, exercise);
      count(state, 'exercise', exercise.number);
      return;
    }
    case 'delivery-made':
      bookOf(state, event.delivery.participant).deliveries.push(event.delivery);
      count(state, 'delivery', event.delivery.number);
      keepDelivery(state, event.delivery);
      return;
    case 'position-adjusted':
      applyAdjustment(state, event);
      return;
    case 'account-changed': {
      const book = bookOf(state, event.participant);
      const account = book.accounts.get(event.account);
      if (account) book.accounts.set(account.id, { ...account, state: event.state, access: event.access });
      return;
    }
    case 'price-set':
      state.prices.set(event.of, event.price);
      return;
    case 'day-ended':
      state.endedDate = event.businessDate;
      return;
    case 'business-date-rolled':
      applyRoll(state, event.from, event.to);
      return;
    case 'message-sent':
      state.next.message += 1;
      state.messages.push(event.message);
      return;
    case 'information-ready':
      state.signals.push(event.signal);
      return;
    case 'report-started':
      state.reports.push(event.report);
      return;
    case 'report-completed':
    case 'report-released':
    case 'report-republished':
      applyReport(state, event);
      return;
  }
}

function applyGiveUp(state: ClearingState, giveUp: GiveUp): void {
  if (!state.giveUps.has(giveUp.number)) {
    for (const code of [giveUp.giver, giveUp.taker]) bookOf(state, code).giveUps.push(giveUp.number);
  }
  state.giveUps.set(giveUp.number, giveUp);
  count(state, 'giveUp', giveUp.number);
  keepGiveUp(state, giveUp);
}

function count(state: ClearingState, kind: keyof Counters, used: number): void {
  state.next[kind] = Math.max(state.next[kind], used + 1);
}

function changeUser(state: ClearingState, id: UserId, change: (user: User) => Partial<User>): void {
  const user = state.users.get(id);
  if (!user) throw new Error(`an event names the unknown user ${id}`);
  state.users.set(id, { ...user, ...change(user) });
}
