import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import { DAY_MS, plusMs } from '../../src/time/instant.ts';
import { DEFAULT_PASSWORD_RULES } from '../../src/clearing/password-rules.ts';
import { at, coreAt, loginRequest, participant, PASSWORD, user } from '../support/world.ts';

const people = [
  participant('CABC', {
    authorisedRanges: ['10.151.0.0/16'],
    users: [
      user('BU_CABC101'),
      user('BU_CABC102', 'locked'),
      user('BU_CABC103', 'suspended'),
      user('BU_CABC104', 'expired'),
      user('BU_CABC105', 'change-required'),
      user('BU_CABC106', 'expiring'),
      user('BU_CABC201'),
      user('BO_CABC801'),
    ],
  }),
];

const inside = '10.151.9.9';
const wrong = new Secret('not the password');

// Listed by precedence: a row may only be reached when the rows above it do not apply.
const refusals = [
  {
    user: 'BU_CZZZ101',
    with: { password: wrong },
    phase: 'closed',
    expect: { code: 'session-not-open', when: 'before' },
  },
  { user: 'BU_CZZZ101', with: {}, expect: { code: 'unknown-user', user: 'BU_CZZZ101' } },
  { user: 'BO_CABC801', with: { window: 'online' }, expect: { code: 'wrong-user-kind', kind: 'oapi' } },
  { user: 'BU_CABC101', with: { window: 'oapi' }, expect: { code: 'wrong-user-kind', kind: 'online' } },
  { user: 'BU_CABC102', with: { password: wrong }, expect: { code: 'user-locked' } },
  { user: 'BU_CABC103', with: { password: wrong }, expect: { code: 'user-suspended' } },
  { user: 'BU_CABC101', with: { password: wrong, address: '192.0.2.1' }, expect: { code: 'wrong-password' } },
  {
    user: 'BU_CABC101',
    with: { address: '192.0.2.1' },
    expect: { code: 'address-not-authorised', authorised: ['10.151.0.0/16'] },
  },
  { user: 'BU_CABC101', with: { sessionsMax: 0 }, expect: { code: 'gateway-full', sessionsMax: 0 } },
] as const;

for (const row of refusals) {
  test(`a login of ${row.user} with ${JSON.stringify(row.with)} is refused with ${row.expect.code}`, () => {
    const { core, events } = coreAt('08:59', {
      world: { participants: people },
      phase: 'phase' in row ? row.phase : 'enquiry-only',
    });
    const outcome = core.login(loginRequest(row.user, { address: inside, ...row.with }));
    expect(outcome).toMatchObject({ ok: false, rejection: row.expect });
    expect(core.sessions()).toEqual([]);
    expect(events.map((event) => event.type)).toEqual(row.expect.code === 'wrong-password' ? ['login-failed'] : []);
  });
}

test('an expired and a reset password let their user in for nothing but the change of it', () => {
  const { core } = coreAt('09:00', { world: { participants: people } });
  for (const [id, reason] of [
    ['BU_CABC104', 'expired'],
    ['BU_CABC105', 'reset'],
  ] as const) {
    const outcome = core.login(loginRequest(id, { address: inside }));
    if (!outcome.ok) throw new Error(outcome.rejection.code);
    const { session } = outcome.value;
    expect(session.restricted).toBe(reason);
    expect(core.positions(session.id)).toMatchObject({
      ok: false,
      rejection: { code: 'password-change-required', reason },
    });

    const next = new Secret('Another-Word-77');
    expect(core.changePassword({ session: session.id, current: new Secret(PASSWORD), next })).toMatchObject({
      ok: true,
    });
    expect(core.positions(session.id)).toMatchObject({ ok: true });
    expect(core.login(loginRequest(id, { address: inside, password: next }))).toMatchObject({
      ok: true,
      value: { session: { restricted: undefined } },
    });
  }
});

test('a login near the expiry tells the days that are left, and an ordinary one does not', () => {
  const { core } = coreAt('09:00', { world: { participants: people } });
  expect(core.login(loginRequest('BU_CABC106', { address: inside }))).toMatchObject({
    ok: true,
    value: { expiresInDays: 7 },
  });
  expect(core.login(loginRequest('BU_CABC101', { address: inside }))).toMatchObject({
    ok: true,
    value: { expiresInDays: undefined },
  });
});

test('a password works until the instant it expires, and not after', () => {
  const { core, clock } = coreAt('09:00');
  const session = core.login(loginRequest('BU_CABC101'));
  if (!session.ok) throw new Error();
  const next = new Secret('Fresh-Word-2019!');
  core.changePassword({ session: session.value.session.id, current: new Secret(PASSWORD), next });
  const expiresAt = plusMs(clock.now, (DEFAULT_PASSWORD_RULES.online.lifetimeDays ?? 0) * DAY_MS);
  clock.now = plusMs(expiresAt, -1);
  expect(core.login(loginRequest('BU_CABC101', { password: next }))).toMatchObject({
    ok: true,
    value: { session: { restricted: undefined } },
  });
  clock.now = expiresAt;
  expect(core.login(loginRequest('BU_CABC101', { password: next }))).toMatchObject({
    ok: true,
    value: { session: { restricted: 'expired' } },
  });
});

test('the fifth wrong password in a row locks the user, and a right one before it starts the count again', () => {
  const { core, events } = coreAt('09:00');
  const attempt = (password: Secret): string => {
    const outcome = core.login(loginRequest('BU_CABC101', { password }));
    return outcome.ok ? 'in' : outcome.rejection.code;
  };
  const right = new Secret(PASSWORD);
  expect([wrong, wrong, wrong, wrong, right].map(attempt)).toEqual([...Array<string>(4).fill('wrong-password'), 'in']);
  expect([wrong, wrong, wrong, wrong, wrong].map(attempt)).toEqual(Array<string>(5).fill('wrong-password'));
  expect(events.filter((event) => event.type === 'user-locked')).toHaveLength(1);
  expect(attempt(right)).toBe('user-locked');
});

test('a second OAPI login is refused, at either gateway, unless it is forced; then the first session ends', () => {
  const { core, events } = coreAt('09:00');
  const first = core.login(loginRequest('BO_CABC801'));
  if (!first.ok) throw new Error();
  expect(core.login(loginRequest('BO_CABC801', { gateway: 'oapi-2' }))).toMatchObject({
    ok: false,
    rejection: { code: 'user-already-logged-in', gateway: 'oapi-1' },
  });
  expect(core.login(loginRequest('BO_CABC801', { gateway: 'oapi-2', forced: true }))).toMatchObject({ ok: true });
  expect(core.sessionEnd(first.value.session.id)).toBe('taken-over');
  expect(events.map((event) => event.type)).toEqual(['logged-in', 'session-ended', 'logged-in']);
  expect(core.sessions()).toHaveLength(1);
});

test('the end of the session logs everybody out, and a login then names the hours', () => {
  const { core, clock } = coreAt('09:00');
  const online = core.login(loginRequest('BU_CABC101'));
  const oapi = core.login(loginRequest('BO_CXYZ801'));
  if (!online.ok || !oapi.ok) throw new Error();
  clock.now = at('12:00');
  core.setPhase('closed');
  expect(core.sessions()).toEqual([]);
  expect(core.sessionEnd(online.value.session.id)).toBe('session-closed');
  expect(core.sessionEnd(oapi.value.session.id)).toBe('session-closed');
  expect(core.login(loginRequest('BU_CABC101'))).toMatchObject({
    ok: false,
    rejection: { code: 'session-not-open', when: 'after', session: { opensAt: at('09:00'), closesAt: at('12:00') } },
  });
});
