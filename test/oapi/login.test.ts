import { expect, test } from 'vitest';
import { Secret } from '../../src/clearing/secret.ts';
import type { UserId, UserState } from '../../src/clearing/user.ts';
import { loginRequest, participant, PASSWORD, user } from '../support/world.ts';
import { positionQueryMessage, typeOnly } from './client.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

const USER = 'BO_CABC801';
const NEXT = 'Next-Battery-77!';

function withState(state: UserState): Promise<OapiWorld> {
  const users = [user(USER, state), user('BU_CABC101')];
  return oapiWorld({ world: { participants: [participant('CABC', { users }), participant('CXYZ')] } });
}

test.each([
  ['active', 0],
  ['expiring', 2028],
  ['expired', 2027],
  ['change-required', 2027],
  ['locked', -2033],
  ['suspended', -2034],
] as const)('a user who is %s gets %i', async (state, completion) => {
  await using sim = await withState(state);
  const client = await sim.client();
  expect((await client.login(USER, PASSWORD)).completion).toBe(completion);
});

test.each([
  ['a wrong password', USER, 'wrong'],
  ['a user who does not exist', 'BO_CZZZ801', PASSWORD],
  ['a user of DCASS Online', 'BU_CABC101', PASSWORD],
])('%s gets -2024, the same as the others', async (_what, id, password) => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  expect(await client.login(id, password)).toMatchObject({ completion: -2024, status: 0 });
});

test('wrong passwords lock the user, and the right one then gets -2033', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  const codes: number[] = [];
  for (let i = 0; i < 5; i++) codes.push((await client.login(USER, 'wrong')).completion);
  codes.push((await client.login(USER, PASSWORD)).completion);
  expect(codes).toEqual([-2024, -2024, -2024, -2024, -2024, -2033]);
});

test('a text without its NUL gets -2030, and an empty user or password -28', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  const fields = { op: 'login', application: 'test', forced: false } as const;
  expect((await client.request({ ...fields, user: undefined, password: new Secret('x') })).completion).toBe(-2030);
  expect((await client.request({ ...fields, user: USER, password: undefined })).completion).toBe(-2030);
  expect((await client.request({ ...fields, user: '', password: new Secret('x') })).completion).toBe(-28);
  expect((await client.request({ ...fields, user: USER, password: new Secret('') })).completion).toBe(-28);
});

test('outside the session hours a login gets -2023', async () => {
  await using sim = await oapiWorld({ phase: 'closed' });
  const client = await sim.client();
  expect((await client.login(USER, PASSWORD)).completion).toBe(-2023);
  expect(sim.journal.of('oapi.login')).toMatchObject([
    { outcome: 'refused', code: 'session-not-open', completion: -2023 },
  ]);
});

test('a user who is logged in gets -2019 at either gateway', async () => {
  await using sim = await oapiWorld();
  await (await sim.client(1)).login(USER, PASSWORD);
  expect((await (await sim.client(1)).login(USER, PASSWORD)).completion).toBe(-2019);
  expect((await (await sim.client(2)).login(USER, PASSWORD)).completion).toBe(-2019);
});

test('a forced login at the other gateway logs the first client out with BN4 4004 and then -5', async () => {
  await using sim = await oapiWorld();
  const first = await sim.client(1);
  await first.login(USER, PASSWORD);
  const second = await sim.client(2);
  expect((await second.login(USER, PASSWORD, { forced: true })).completion).toBe(0);

  const event = await first.nextEvent();
  expect(event.eventType).toBe(1001);
  expect(event.message.toString('latin1', 0, 2)).toBe('BN');
  expect(event.message.readUInt16LE(2)).toBe(4);
  expect(event.message.readInt32LE(4)).toBe(4004);
  expect(event.message.toString('latin1', 16)).toBe(
    'You have been logged out: the same user logged in elsewhere with a forced login.',
  );
  expect((await first.query(typeOnly('UQ12'))).completion).toBe(-5);
  expect((await second.query(typeOnly('UQ12'))).completion).toBe(0);
});

test('a gateway that takes one session answers the second user with -42', async () => {
  await using sim = await oapiWorld({ settings: { sessionsMax: 1 } });
  await (await sim.client()).login(USER, PASSWORD);
  expect((await (await sim.client()).login('BO_CABC901', PASSWORD)).completion).toBe(-42);
  expect((await (await sim.client(2)).login('BO_CABC901', PASSWORD)).completion).toBe(0);
});

test('a second login on the same connection gets -2035 and leaves the first alone', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  expect((await client.login('BO_CABC901', PASSWORD)).completion).toBe(-2035);
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(0);
});

test('before a login every call gets -2008, after a logout -5', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  const calls = [
    () => client.query(typeOnly('UQ12')),
    () => client.tx(typeOnly('CD35')),
    () => client.getInfo(1),
    () => client.logout(),
    () => client.request({ op: 'heartbeat' }),
    () => client.setNewPassword(PASSWORD, NEXT),
    () => client.request({ op: 'set-event', eventType: 1001 }),
  ];
  for (const call of calls) expect((await call()).completion).toBe(-2008);
  await client.login(USER, PASSWORD);
  expect((await client.logout()).completion).toBe(0);
  for (const call of calls) expect((await call()).completion).toBe(-5);
  expect(client.events).toEqual([]);
});

test('a session with an expired password may only change it, and is a full one afterwards', async () => {
  await using sim = await withState('expired');
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  expect((await client.query(positionQueryMessage())).completion).toBe(-2038);
  expect((await client.tx(typeOnly('CD35'))).completion).toBe(-2038);
  expect((await client.getInfo(1)).completion).toBe(-2038);
  expect((await client.setNewPassword(PASSWORD, NEXT)).completion).toBe(0);
  expect((await client.query(positionQueryMessage())).completion).toBe(0);
  await client.logout();
  expect((await client.login(USER, PASSWORD)).completion).toBe(-2024);
  expect((await client.login(USER, NEXT)).completion).toBe(0);
});

test.each([
  ['too short', 'Ab1!', -41],
  ['without a digit', 'Correct-Horse!', -41],
  ['the same again', PASSWORD, -41],
  ['with a per cent sign', 'Next%Battery-77!', -2029],
  ['with a backslash', 'Next\\Battery-77!', -2029],
  ['with a control byte', 'Next\x19Battery-77!', -2029],
])('a new password %s is refused and changes nothing', async (_what, next, completion) => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  expect((await client.setNewPassword(PASSWORD, next)).completion).toBe(completion);
  await client.logout();
  expect((await client.login(USER, PASSWORD)).completion).toBe(0);
});

test('a wrong current password gets -2024, and a new one without its NUL -2030', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  expect((await client.setNewPassword('wrong', NEXT)).completion).toBe(-2024);
  expect(
    (await client.request({ op: 'set-new-password', current: new Secret(PASSWORD), next: undefined })).completion,
  ).toBe(-2030);
});

test('the journal tells each attempt with its codes, and no password', async () => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, 'wrong-secret', { application: 'recon' });
  await client.login(USER, PASSWORD, { application: 'recon' });
  await client.setNewPassword(PASSWORD, NEXT);
  await client.logout();
  const common = { user: USER, participant: 'CABC', gateway: 'oapi-1' };
  expect(sim.journal.of('oapi.login')).toMatchObject([
    {
      ...common,
      outcome: 'refused',
      code: 'wrong-password',
      completion: -2024,
      meaning: 'wrong user or password',
      address: '127.0.0.1',
    },
    { ...common, outcome: 'ok', completion: 0, application: 'recon', forced: false },
  ]);
  expect(sim.journal.of('oapi.password-change')).toMatchObject([{ ...common, outcome: 'ok', completion: 0 }]);
  expect(sim.journal.of('oapi.logout')).toMatchObject([{ ...common, outcome: 'ok', reason: 'logged-out' }]);
  const text = JSON.stringify(sim.journal.entries);
  for (const secret of ['wrong-secret', PASSWORD, NEXT]) expect(text).not.toContain(secret);
});

test('bytes in a user name cannot reach a terminal through the journal', async () => {
  await using sim = await oapiWorld();
  await (await sim.client()).login('BO_\x1b[2J\nX', 'wrong');
  expect(sim.journal.of('oapi.login')[0]?.['user']).toBe('(not a user id)');
});

test.each([
  ['the close of the session', (sim: OapiWorld) => sim.core.setPhase('closed'), 'DCASS has closed'],
  ['a lock', (sim: OapiWorld) => void sim.core.lockUser(USER as UserId), 'the user is locked'],
  ['a suspension', (sim: OapiWorld) => void sim.core.suspendUser(USER as UserId), 'the user is suspended'],
  [
    'a reset of the password',
    (sim: OapiWorld) => void sim.core.resetPasswordByExchange(USER as UserId, undefined),
    'the password was reset',
  ],
  ['an Administrator', byAdministrator, 'an Administrator of your participant ended the session'],
])('%s logs a client out with a notice that says so', async (_what, happen, words) => {
  await using sim = await oapiWorld();
  const client = await sim.client();
  await client.login(USER, PASSWORD);
  happen(sim);
  expect((await client.nextEvent()).message.toString('latin1', 16)).toBe(`You have been logged out: ${words}.`);
  expect((await client.query(typeOnly('UQ12'))).completion).toBe(-5);
  expect(client.events.length).toBe(1);
});

function byAdministrator({ core }: OapiWorld): void {
  const [client] = core.sessions();
  const login = core.login(loginRequest('BU_CABC201'));
  if (!client || !login.ok) throw new Error('nobody is logged in');
  core.forceLogout({ session: login.value.session.id, target: client.id });
}
