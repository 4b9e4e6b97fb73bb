import { expect, test } from 'vitest';
import type { CommandName } from '../../src/clearing/commands/command.ts';
import { COMMAND_NAMES } from '../../src/clearing/commands/catalogue.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { coreAt, loginRequest, participant, user } from '../support/world.ts';

const CABC = 'CABC' as CustomerCode;
const take = { do: 'take-up', giveUp: 999, parts: [] } as const;
const reject = { do: 'reject-give-up', giveUp: 999, text: '' } as const;

function marketWith(functions?: readonly CommandName[]) {
  const users = [{ ...user('BU_CABC101'), functions }, user('BO_CABC801'), user('BU_CABC201'), user('BU_CABC202')];
  const world = { participants: [participant('CABC', { users }), participant('CXYZ')] };
  const { core, events } = coreAt('10:00', { phase: 'normal', world });
  const enter = (id: string): SessionId => {
    const outcome = core.login(loginRequest(id));
    if (!outcome.ok) throw new Error(outcome.rejection.code);
    return outcome.value.session.id;
  };
  return { core, events, enter };
}

test('a user without a profile has every function', () => {
  const { core, enter } = marketWith();
  expect(core.command(enter('BU_CABC101'), take)).toMatchObject({ rejection: { code: 'unknown-give-up' } });
});

test('a user has the functions of the profile and no other, and enquiries all the same', () => {
  const { core, enter } = marketWith(['take-up']);
  const session = enter('BU_CABC101');
  expect(core.command(session, take)).toMatchObject({ rejection: { code: 'unknown-give-up' } });
  expect(core.command(session, reject)).toEqual({
    ok: false,
    rejection: { code: 'function-not-in-profile', functionName: 'Give-up rejection', user: 'BU_CABC101' },
  });
  expect(core.trades(session).ok).toBe(true);
});

test('in enquiry-only mode everybody is told of the mode, not of the profile', () => {
  const { core, enter } = marketWith([]);
  const session = enter('BU_CABC101');
  core.setPhase('enquiry-only');
  expect(core.command(session, reject)).toMatchObject({ rejection: { code: 'function-not-available' } });
});

test('what HKEX inputs on behalf of a participant goes by no profile', () => {
  const { core } = marketWith([]);
  expect(core.commandFor(CABC, reject)).toMatchObject({ rejection: { code: 'unknown-give-up' } });
});

test('a change holds for the next command of an open session, and the order of the names does not matter', () => {
  const { core, events, enter } = marketWith();
  const [session, administrator] = [enter('BO_CABC801'), enter('BU_CABC201')];
  events.length = 0;
  const change = { session: administrator, user: 'BO_CABC801' };
  expect(core.changeAccess({ ...change, functions: ['take-up', 'request-give-up'] })).toEqual({
    ok: true,
    value: 'BO_CABC801',
  });
  const changed = { type: 'user-functions-changed', user: 'BO_CABC801' };
  expect(events).toEqual([{ ...changed, functions: ['request-give-up', 'take-up'] }]);
  expect(core.command(session, reject)).toMatchObject({ rejection: { code: 'function-not-in-profile' } });

  core.changeAccess({ ...change, functions: ['request-give-up', 'take-up'] });
  expect(events).toHaveLength(1);
  core.changeAccess({ ...change, functions: COMMAND_NAMES });
  expect(events[1]).toEqual({ ...changed, functions: undefined });
  expect(core.command(session, reject)).toMatchObject({ rejection: { code: 'unknown-give-up' } });
});

test.each([
  ['BU_CABC101', 'BO_CABC801', 'not-an-administrator'],
  ['BU_CABC201', 'BU_CXYZ101', 'user-of-another-participant'],
  ['BU_CABC201', 'BU_CZZZ101', 'unknown-user'],
  ['BU_CABC201', 'BU_CABC202', 'no-access-profile'],
])('%s neither sees nor changes the profile of %s: %s', (by, target, code) => {
  const { core, events, enter } = marketWith();
  const session = enter(by);
  events.length = 0;
  expect(core.accessProfile({ session, user: target })).toMatchObject({ ok: false, rejection: { code } });
  expect(core.changeAccess({ session, user: target, functions: [] })).toMatchObject({ ok: false, rejection: { code } });
  expect(events).toEqual([]);
});
