import { DAY_MS, plusMs, type Instant } from '../time/instant.ts';
import { businessCalendar } from '../time/calendar.ts';
import { applyEvent } from './apply-event.ts';
import { giveUpBefore } from './commands/request-give-up.ts';
import { toProfile } from './decide-access.ts';
import { matchDeal } from './decide-deal.ts';
import type { ClearingEvent } from './event.ts';
import { noPosition } from './position.ts';
import { DEFAULT_REPORTING } from './reports/template.ts';
import { SessionBook } from './session-book.ts';
import { positionKey, type Book, type ClearingState } from './state.ts';
import { TradeBook } from './trade-book.ts';
import type { User } from './user.ts';
import type { GiveUpDefinition, ParticipantDefinition, UserDefinition, WorldDefinition } from './world.ts';
import type { PasswordRules } from './password-rules.ts';

/** The state at the start of a scenario's day. */
export function initialState(world: WorldDefinition): ClearingState {
  const state: ClearingState = {
    settings: world.settings,
    reporting: world.reporting ?? DEFAULT_REPORTING,
    calendar: businessCalendar(world.settings.holidays),
    phase: 'closed',
    businessDate: world.businessDate,
    endedDate: undefined,
    cutoffLiftedFor: undefined,
    plannedSessions: world.sessions,
    passwordRules: world.passwords,
    users: new Map(),
    series: new Map(world.series.map((series) => [series.name, series])),
    prices: new Map(world.prices.map(({ of, price }) => [of, price])),
    previousPrices: new Map(),
    books: new Map(world.participants.map((definition) => [definition.code, emptyBook(definition)])),
    deals: new Map(),
    giveUps: new Map(),
    sessions: new SessionBook(),
    endedSessions: new Map(),
    messages: [],
    signals: [],
    reports: [],
    next: {
      session: 1,
      deal: 1,
      trade: 1,
      giveUp: 1,
      rectification: 1,
      closeOut: 1,
      exercise: 1,
      delivery: 1,
      message: 1,
      temporaryPassword: 1,
    },
  };
  for (const definition of world.participants) {
    for (const user of definition.users) {
      state.users.set(user.id, toUser(definition, user, world.passwords[user.kind], world.startsAt));
    }
  }
  for (const position of world.positions) {
    state.books.get(position.participant)?.positions.set(positionKey(position.account, position.series), {
      ...noPosition(position, world.startsAt),
      held: position.held,
      written: position.written,
    });
  }
  for (const deal of world.deals) applyEvent(state, matchDeal(state, deal));
  for (const giveUp of world.giveUps) {
    for (const event of pendingGiveUp(state, giveUp)) applyEvent(state, event);
  }
  return state;
}

// The deals got the numbers 1, 2, 3 … in their order.
function pendingGiveUp(
  state: ClearingState,
  { deal: index, side, to, quantity, text }: GiveUpDefinition,
): readonly ClearingEvent[] {
  const deal = state.deals.get(index + 1);
  if (!deal) throw new Error(`a give-up names deal ${index} of the world, which has ${state.deals.size}`);
  const terms = { trade: deal[side].trade, to, quantity, commission: 0, text };
  return giveUpBefore(state, deal[side].participant, terms);
}

function emptyBook(definition: ParticipantDefinition): Book {
  const { accounts, users: _users, ...participant } = definition;
  return {
    participant,
    accounts: new Map(
      accounts.map(({ id, type, state = 'active', access = 'full' }) => [
        id,
        { participant: definition.code, id, type, state, access },
      ]),
    ),
    trades: new TradeBook(),
    positions: new Map(),
    atClose: new Map(),
    history: new Map(),
    rectifications: new Map(),
    averagePriceTrades: new Map(),
    closeOuts: new Map(),
    exercises: new Map(),
    deliveries: [],
    giveUps: [],
    tradeChanges: new Map(),
    giveUpRecords: new Map(),
    deliveryRecords: new Map(),
  };
}

// The age of the password is chosen so that the user is in the defined state at the start of the day.
function toUser(
  participant: ParticipantDefinition,
  definition: UserDefinition,
  rules: PasswordRules,
  now: Instant,
): User {
  const lifetimeMs = rules.lifetimeDays === undefined ? undefined : rules.lifetimeDays * DAY_MS;
  const expiresAt = expiryFor(definition, rules, now);
  return {
    id: definition.id,
    kind: definition.kind,
    participant: participant.code,
    password: definition.password,
    passwordSetAt: expiresAt !== undefined && lifetimeMs !== undefined ? plusMs(expiresAt, -lifetimeMs) : now,
    passwordExpiresAt: expiresAt,
    mustChangePassword: definition.state === 'change-required',
    earlierPasswords: [],
    failedLogins: definition.state === 'locked' ? rules.failedLoginsMax : 0,
    locked: definition.state === 'locked',
    suspended: definition.state === 'suspended',
    functions: toProfile(definition.functions),
    lastLogin: undefined,
    lastFailedLogin: undefined,
  };
}

function expiryFor(definition: UserDefinition, rules: PasswordRules, now: Instant): Instant | undefined {
  switch (definition.state) {
    case 'expired':
      return plusMs(now, -DAY_MS);
    case 'expiring':
      // Within the warning, yet far enough away that the user stays usable for the whole day.
      return plusMs(now, Math.max(2, Math.floor(rules.warningDays / 2)) * DAY_MS);
    case 'active':
    case 'change-required':
    case 'locked':
    case 'suspended': {
      if (rules.lifetimeDays === undefined) return undefined;
      const halfLife = Math.max(rules.warningDays + 1, Math.ceil(rules.lifetimeDays / 2));
      return plusMs(now, halfLife * DAY_MS);
    }
  }
}
