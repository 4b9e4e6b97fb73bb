import { POSITION_KEEPING } from './account.ts';
import type { Trade } from './deal.ts';
import type { ClearingEvent } from './event.ts';
import { bookTrade } from './position.ts';
import { bookOf, positionKey, type ClearingState } from './state.ts';
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
    case 'logged-in':
      state.next.session += 1;
      state.sessions.set(event.session.id, event.session);
      changeUser(state, event.session.user, () => ({ failedLogins: 0, lastLoginAt: event.session.since }));
      return;
    case 'login-failed':
      changeUser(state, event.user, () => ({ failedLogins: event.failedLogins }));
      return;
    case 'session-ended':
      state.sessions.delete(event.session.id);
      state.endedSessions.set(event.session.id, event.reason);
      for (const oldest of state.endedSessions.keys()) {
        if (state.endedSessions.size <= ENDED_SESSIONS_MAX) break;
        state.endedSessions.delete(oldest);
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
    case 'deal-matched':
      state.next.deal += 1;
      state.next.trade += 2;
      for (const trade of event.trades) bookOneTrade(state, trade);
      return;
    case 'message-sent':
      state.next.message += 1;
      state.messages.push(event.message);
      return;
    case 'report-started':
      state.reports.push(event.report);
      return;
    case 'report-completed': {
      const place = state.reports.findIndex((r) => r.fileName === event.fileName && r.folderDate === event.folderDate);
      const report = state.reports[place];
      if (report) state.reports[place] = { ...report, completedAt: event.at };
      return;
    }
  }
}

function bookOneTrade(state: ClearingState, trade: Trade): void {
  const book = bookOf(state, trade.participant);
  book.trades.push(trade);
  const account = book.accounts.get(trade.account);
  if (!account) throw new Error(`trade ${trade.number} is in an account that ${trade.participant} does not have`);
  const key = positionKey(trade.account, trade.series);
  const before = book.positions.get(key) ?? { held: 0, written: 0 };
  book.positions.set(key, {
    participant: trade.participant,
    account: trade.account,
    series: trade.series,
    ...bookTrade(before, trade.side, trade.quantity, POSITION_KEEPING[account.type]),
    modifiedAt: trade.createdAt,
  });
}

function changeUser(state: ClearingState, id: UserId, change: (user: User) => Partial<User>): void {
  const user = state.users.get(id);
  if (!user) throw new Error(`an event names the unknown user ${id}`);
  state.users.set(id, { ...user, ...change(user) });
}
