import { expect, test } from 'vitest';
import type { SessionId } from '../../src/clearing/rejection.ts';
import { at, coreAt, loginRequest } from '../support/world.ts';

function administered() {
  const { core, events } = coreAt('09:00');
  const enter = (id: string): SessionId => {
    const outcome = core.login(loginRequest(id));
    if (!outcome.ok) throw new Error(outcome.rejection.code);
    return outcome.value.session.id;
  };
  return { core, events, enter, session: enter('BU_CABC201') };
}

test('an Administrator logs out any other session of the own participant, at any window', () => {
  const { core, events, enter, session } = administered();
  for (const id of ['BU_CABC101', 'BO_CABC801', 'BU_CABC201']) {
    const target = enter(id);
    events.length = 0;
    expect(core.forceLogout({ session, target })).toMatchObject({ ok: true, value: { id: target, user: id } });
    expect(events).toMatchObject([
      { type: 'session-ended', session: { id: target }, reason: 'forced-by-administrator', at: at('09:00') },
    ]);
    expect(core.sessionEnd(target)).toBe('forced-by-administrator');
  }
  expect(core.ownSessions(session)).toMatchObject({ ok: true, value: [{ id: session }] });
});

test('who is logged out can log in again', () => {
  const { core, enter, session } = administered();
  core.forceLogout({ session, target: enter('BO_CABC801') });
  expect(core.login(loginRequest('BO_CABC801')).ok).toBe(true);
});

test('a session of another participant, one that has ended and one that never was are the same', () => {
  const { core, events, enter, session } = administered();
  const [foreign, over] = [enter('BU_CXYZ101'), enter('BU_CABC101')];
  core.endSession(over, 'logged-out');
  events.length = 0;
  for (const target of [foreign, over, 'online-session-99']) {
    expect(core.forceLogout({ session, target })).toEqual({
      ok: false,
      rejection: { code: 'unknown-session', session: target },
    });
  }
  expect(core.ownSessions(session)).toMatchObject({ ok: true, value: [{ user: 'BU_CABC201' }] });
  expect(events).toEqual([]);
});

test('the session at hand is not logged out, and nobody but an Administrator logs anybody out', () => {
  const { core, enter, session } = administered();
  expect(core.forceLogout({ session, target: session })).toMatchObject({
    ok: false,
    rejection: { code: 'own-session' },
  });
  const online = enter('BU_CABC101');
  expect(core.ownSessions(online)).toMatchObject({ ok: false, rejection: { code: 'not-an-administrator' } });
  expect(core.forceLogout({ session: online, target: session })).toMatchObject({
    ok: false,
    rejection: { code: 'not-an-administrator' },
  });
  expect(core.sessions()).toHaveLength(2);
});
