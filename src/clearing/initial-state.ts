import { DAY_MS, plusMs, type Instant } from '../time/instant.ts';
import { applyEvent } from './apply-event.ts';
import { matchDeal } from './decide-deal.ts';
import { positionKey, type Book, type ClearingState } from './state.ts';
import type { User } from './user.ts';
import type { ParticipantDefinition, UserDefinition, WorldDefinition } from './world.ts';
import type { PasswordRules } from './password-rules.ts';

/** The state at the start of a scenario's day. */
export function initialState(world: WorldDefinition): ClearingState {
  const state: ClearingState = {
    phase: 'closed',
    businessDate: world.businessDate,
    plannedSessions: world.sessions,
    passwordRules: world.passwords,
    users: new Map(),
    series: new Map(world.series.map((series) => [series.name, series])),
    books: new Map(world.participants.map((definition) => [definition.code, emptyBook(definition)])),
    sessions: new Map(),
    endedSessions: new Map(),
    messages: [],
    reports: [],
    next: { session: 1, deal: 1, trade: 1, message: 1, temporaryPassword: 1 },
  };
  for (const definition of world.participants) {
    for (const user of definition.users) {
      state.users.set(user.id, toUser(definition, user, world.passwords[user.kind], world.startsAt));
    }
  }
  for (const position of world.positions) {
    state.books
      .get(position.participant)
      ?.positions.set(positionKey(position.account, position.series), { ...position, modifiedAt: world.startsAt });
  }
  for (const deal of world.deals) applyEvent(state, matchDeal(state, deal));
  return state;
}

function emptyBook(definition: ParticipantDefinition): Book {
  const { accounts, users: _users, ...participant } = definition;
  return {
    participant,
    accounts: new Map(accounts.map((account) => [account.id, { ...account, participant: definition.code }])),
    trades: [],
    positions: new Map(),
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
    lastLoginAt: undefined,
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
