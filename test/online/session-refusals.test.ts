import { expect, test } from 'vitest';
import { COMMAND_NAMES, COMMANDS } from '../../src/clearing/commands/catalogue.ts';
import type { SessionId, SessionRejection } from '../../src/clearing/rejection.ts';
import type { UserId } from '../../src/clearing/user.ts';
import { ENGLISH } from '../../src/online/language/english.ts';
import { TRADITIONAL_CHINESE } from '../../src/online/language/traditional-chinese.ts';
import { toRefusal } from '../../src/online/refusal.ts';
import { DEFAULT_ONLINE_SETTINGS } from '../../src/online/settings.ts';
import { at } from '../support/world.ts';

const user = 'BU_CABC101' as UserId;
const functionName = 'Give-up';
const session = { mode: 'normal', opensAt: at('09:00'), closesAt: at('12:00') } as const;

/** Of every refusal one. */
const SAMPLES: {
  readonly [Code in SessionRejection['code']]: Omit<Extract<SessionRejection, { code: Code }>, 'code'>;
} = {
  'session-not-open': { session, when: 'before' },
  'unknown-user': { user },
  'wrong-user-kind': { user, kind: 'oapi', allowed: ['online'] },
  'wrong-password': { user },
  'user-locked': { user },
  'user-suspended': { user },
  'address-not-authorised': { user, address: '10.1.2.3', authorised: ['10.151.0.0/16', '10.152.0.0/16'] },
  'user-already-logged-in': { user, session: 'online-7' as SessionId, gateway: 'online-2' },
  'too-many-sessions-of-user': { user, sessionsMax: 3 },
  'session-at-another-gateway': { user, gateway: 'online-2' },
  'gateway-full': { gateway: 'online-1', sessionsMax: 1_000 },
  'not-logged-in': {},
  'password-change-required': { user, reason: 'expired', expiredAt: undefined },
  'new-password-length': { length: 7, lengthMin: 8, lengthMax: 20 },
  'new-password-character': { position: 4, accepted: '!#' },
  'new-password-composition': { missing: ['letter', 'special'] },
  'new-password-used-before': { remembered: 5 },
  'not-an-administrator': { user, kind: 'online' },
  'user-of-another-participant': { user, administrator: user },
  'administrator-may-not-reset': { user, kind: 'administrator' },
  'unknown-session': { session: 'online-9' },
  'own-session': { session: 'online-9' as SessionId },
  'function-not-available': { functionName, phase: 'enquiry-only' },
  'function-not-simulated': { functionName },
  'function-not-for-user': { functionName, user, kind: 'administrator', allowed: ['online'] },
  'function-not-in-profile': { functionName, user },
  'no-access-profile': { user },
};

const EACH = Object.entries(SAMPLES).map(([code, fields]) => ({ rejection: { code, ...fields } as SessionRejection }));

test.each(EACH)('$rejection.code has one status, and the same numbers and names in both languages', ({ rejection }) => {
  const [english, chinese] = [ENGLISH, TRADITIONAL_CHINESE].map((texts) =>
    toRefusal(rejection, DEFAULT_ONLINE_SETTINGS, texts),
  );
  expect(chinese?.status).toBe(english?.status);
  expect(chinese?.title).toMatch(/[\u4e00-\u9fff]/);
  expect(chinese?.text).toMatch(/[\u4e00-\u9fff]/);
  expect(chinese?.text).not.toMatch(/undefined|NaN|\[object|[a-z]{2} [a-z]{2}/);
  const named = english?.text.match(/\d[\d./:]*\d|\d|\bonline-\d|\bDCASS Online/g) ?? [];
  expect(named.filter((each) => chinese?.text.includes(each) !== true)).toEqual([]);
});

test('a refusal names each function in the language of the page', () => {
  for (const name of COMMAND_NAMES) {
    const rejection = { code: 'function-not-simulated', functionName: COMMANDS[name].functionName } as const;
    expect(toRefusal(rejection, DEFAULT_ONLINE_SETTINGS, ENGLISH).text).toContain(COMMANDS[name].functionName);
    const { text } = toRefusal(rejection, DEFAULT_ONLINE_SETTINGS, TRADITIONAL_CHINESE);
    expect(text).toContain(`「${TRADITIONAL_CHINESE.functions.name(name)}」`);
  }
});
