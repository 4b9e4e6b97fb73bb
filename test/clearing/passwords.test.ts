import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_PASSWORD_RULES } from '../../src/clearing/password-rules.ts';
import { temporaryPassword } from '../../src/clearing/decide-password.ts';
import { Secret } from '../../src/clearing/secret.ts';
import type { UserKind } from '../../src/clearing/user.ts';
import { coreAt, loginRequest, participant, PASSWORD, user } from '../support/world.ts';

function loggedIn(id: string) {
  const { core, events } = coreAt('09:00', {
    world: {
      participants: [
        participant('CABC', {
          users: [
            user('BU_CABC101'),
            user('BU_CABC102', 'locked'),
            user('BU_CABC201'),
            user('BU_CABC202'),
            user('BO_CABC801'),
          ],
        }),
        participant('CXYZ'),
      ],
    },
  });
  const outcome = core.login(loginRequest(id));
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  return { core, events, session: outcome.value.session.id };
}

// In order of precedence: length, character, composition, history. dcass-facts.md 1.2.
const newPasswords = [
  ['BU_CABC101', 'Sh0rt-1', { code: 'new-password-length', length: 7, lengthMin: 8, lengthMax: 20 }],
  ['BU_CABC101', 'Much-Too-Long-For-1-Word', { code: 'new-password-length', length: 24 }],
  ['BU_CABC201', 'Fifteen-Chars-1', { code: 'new-password-length', lengthMin: 16 }],
  ['BU_CABC101', 'percent%Sign1', { code: 'new-password-character', position: 8 }],
  ['BU_CABC101', 'back\\slash-1', { code: 'new-password-character', position: 5 }],
  ['BU_CABC101', "quote'Mark-1", { code: 'new-password-character', position: 6 }],
  ['BU_CABC101', 'a blank-1234', { code: 'new-password-character', position: 2 }],
  ['BU_CABC101', 'überwort-123', { code: 'new-password-character', position: 1 }],
  ['BU_CABC101', '12345678', { code: 'new-password-composition', missing: ['letter', 'special'] }],
  ['BU_CABC101', 'onlyletters', { code: 'new-password-composition', missing: ['digit', 'special'] }],
  ['BU_CABC101', 'letters123', { code: 'new-password-composition', missing: ['special'] }],
  ['BU_CABC101', PASSWORD, { code: 'new-password-used-before', remembered: 5 }],
] as const;

for (const [id, next, rejection] of newPasswords) {
  test(`${id} may not choose "${next}": ${rejection.code}`, () => {
    const { core, session, events } = loggedIn(id);
    const before = events.length;
    const outcome = core.changePassword({ session, current: new Secret(PASSWORD), next: new Secret(next) });
    expect(outcome).toMatchObject({ ok: false, rejection });
    expect(events).toHaveLength(before);
  });
}

test('each of the 29 special characters is accepted, and no other printable one', () => {
  const accepted: string[] = [];
  for (let code = 0x20; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    if (/[A-Za-z0-9]/.test(character)) continue;
    const { core, session } = loggedIn('BU_CABC101');
    const outcome = core.changePassword({
      session,
      current: new Secret(PASSWORD),
      next: new Secret(`Passw0rd${character}`),
    });
    if (outcome.ok) accepted.push(character);
  }
  expect(accepted.join('')).toBe('!"#$&()*+,-./:;<=>?@[]^_`{|}~');
});

test('a password comes back only after five others', () => {
  const { core, session } = loggedIn('BU_CABC101');
  let current = PASSWORD;
  for (const next of ['First-Word-1', 'Second-Word-2', 'Third-Word-3', 'Fourth-Word-4']) {
    expect(core.changePassword({ session, current: new Secret(current), next: new Secret(next) }).ok).toBe(true);
    current = next;
  }
  expect(core.changePassword({ session, current: new Secret(current), next: new Secret(PASSWORD) })).toMatchObject({
    ok: false,
    rejection: { code: 'new-password-used-before' },
  });
  core.changePassword({ session, current: new Secret(current), next: new Secret('Fifth-Word-5') });
  expect(core.changePassword({ session, current: new Secret('Fifth-Word-5'), next: new Secret(PASSWORD) }).ok).toBe(
    true,
  );
});

test('wrong current passwords lock the user and end the session: a session is no way around the lock-out', () => {
  const { core, session } = loggedIn('BU_CABC101');
  for (let i = 0; i < 5; i++)
    core.changePassword({ session, current: new Secret('wrong'), next: new Secret('Fresh-Word-9') });
  expect(core.sessionEnd(session)).toBe('user-locked');
  expect(core.login(loginRequest('BU_CABC101'))).toMatchObject({ ok: false, rejection: { code: 'user-locked' } });
});

test('the Administrator resets a locked user, who comes in with the temporary password and must change it', () => {
  const { core, session } = loggedIn('BU_CABC201');
  const reset = core.resetPassword({ session, user: 'BU_CABC102', next: undefined });
  if (!reset.ok) throw new Error(reset.rejection.code);
  expect(core.login(loginRequest('BU_CABC102', { password: reset.value.temporary }))).toMatchObject({
    ok: true,
    value: { session: { restricted: 'reset' } },
  });
  expect(core.login(loginRequest('BU_CABC102'))).toMatchObject({ ok: false, rejection: { code: 'wrong-password' } });
});

const resets = [
  ['BU_CABC101', 'BU_CABC102', { code: 'not-an-administrator', kind: 'online' }],
  ['BU_CABC201', 'BU_CABC999', { code: 'unknown-user' }],
  ['BU_CABC201', 'BU_CXYZ101', { code: 'user-of-another-participant' }],
  ['BU_CABC201', 'BU_CABC202', { code: 'administrator-may-not-reset' }],
] as const;
for (const [by, target, rejection] of resets) {
  test(`${by} may not reset ${target}: ${rejection.code}`, () => {
    const { core, session } = loggedIn(by);
    expect(core.resetPassword({ session, user: target, next: undefined })).toMatchObject({ ok: false, rejection });
    expect(core.unlockUser({ session, user: target })).toMatchObject({ ok: false, rejection });
  });
}

test('a temporary password follows the rules of every kind, whatever the name', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom<UserKind>('online', 'administrator', 'oapi'), (name, kind) => {
      const rules = DEFAULT_PASSWORD_RULES[kind];
      const text = temporaryPassword(rules, name).reveal();
      expect(text.length).toBeGreaterThanOrEqual(rules.lengthMin);
      expect(text.length).toBeLessThanOrEqual(rules.lengthMax);
      expect(text).toMatch(/[A-Za-z]/);
      expect(text).toMatch(/\d/);
      expect([...text].some((c) => rules.accepted.includes(c))).toBe(true);
    }),
  );
});

test('a secret shows itself in no text, JSON or inspection', async () => {
  const { inspect } = await import('node:util');
  const secret = new Secret('Very-Private-1');
  for (const shown of [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ]) {
    expect(shown).not.toContain('Very-Private-1');
  }
});
