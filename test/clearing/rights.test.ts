import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import { COMMANDS } from '../../src/clearing/commands/catalogue.ts';
import type { Command, CommandName } from '../../src/clearing/commands/command.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import { coreAt, loginRequest, participant, user } from '../support/world.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { SeriesName } from '../../src/clearing/series.ts';

const account = 'HOUSE' as AccountId;
const series = 'HSIK9' as SeriesName;
const part = { account, quantity: 1, openClose: 'default', customerInfo: '' } as const;

// Each names something that is not there: the right to ask comes before what is asked for.
const ABSURD: { readonly [Name in CommandName]: Extract<Command, { do: Name }> } = {
  'rectify-trade': { do: 'rectify-trade', trade: 999, parts: [part] },
  'confirm-rectification': { do: 'confirm-rectification', rectification: 999 },
  'reject-rectification': { do: 'reject-rectification', rectification: 999 },
  'transfer-from-transitory': { do: 'transfer-from-transitory', trade: 999, parts: [part] },
  'make-average-price-trade': { do: 'make-average-price-trade', trades: [998, 999] },
  'request-give-up': {
    do: 'request-give-up',
    trade: 999,
    to: 'CXYZ' as CustomerCode,
    quantity: 1,
    commission: 0,
    text: '',
  },
  'take-up': { do: 'take-up', giveUp: 999, parts: [part] },
  'reject-give-up': { do: 'reject-give-up', giveUp: 999, text: '' },
  'transfer-position': { do: 'transfer-position', series, from: account, to: 'NOPE' as AccountId, held: 1, written: 0 },
  'net-down-position': { do: 'net-down-position', items: [{ account: 'NOPE' as AccountId, series, quantity: 1 }] },
  'restore-position': { do: 'restore-position', closeOut: 999, quantity: 1 },
  'cover-position': { do: 'cover-position', account: 'NOPE' as AccountId, series, quantity: 1 },
  'request-exercise': { do: 'request-exercise', account: 'NOPE' as AccountId, series, quantity: 1 },
  'annul-exercise': { do: 'annul-exercise', exercise: 999 },
  'deny-exercise': { do: 'deny-exercise', account: 'NOPE' as AccountId, series, quantity: 1 },
};

describe.each(Object.values(ABSURD))('$do', (command) => {
  const { functionName } = COMMANDS[command.do];

  function issue(
    id: string,
    phase: 'enquiry-only' | 'normal',
    before?: (core: ReturnType<typeof coreAt>['core']) => void,
  ) {
    const { core, events } = coreAt('10:00', {
      phase,
      world: {
        participants: [
          participant('CABC', {
            users: [user('BU_CABC101'), user('BU_CABC201'), user('BO_CABC801'), user('BU_CABC103', 'expired')],
          }),
          participant('CXYZ'),
        ],
      },
    });
    const login = core.login(loginRequest(id));
    if (!login.ok) throw new Error(login.rejection.code);
    before?.(core);
    events.length = 0;
    const outcome = core.command(login.value.session.id, command);
    expect(events).toEqual([]);
    return outcome;
  }

  test('is refused in enquiry-only mode, whoever asks', () => {
    for (const id of ['BU_CABC101', 'BO_CABC801', 'BU_CABC201']) {
      expect(issue(id, 'enquiry-only')).toEqual({
        ok: false,
        rejection: { code: 'function-not-available', functionName, phase: 'enquiry-only' },
      });
    }
  });

  test('is for DCASS Online and OAPI users, not for Administrators', () => {
    expect(issue('BU_CABC201', 'normal')).toEqual({
      ok: false,
      rejection: {
        code: 'function-not-for-user',
        functionName,
        user: 'BU_CABC201',
        kind: 'administrator',
        allowed: ['online', 'oapi'],
      },
    });
    // These two come as far as what they ask for, which is not there.
    for (const id of ['BU_CABC101', 'BO_CABC801']) {
      const outcome = issue(id, 'normal');
      expect(outcome.ok || outcome.rejection.code).toMatch(/^unknown-|^exercise-not-possible$/);
    }
  });

  test('is refused to a session that must change its password first, to one that is over, and to a stranger', () => {
    expect(issue('BU_CABC103', 'normal')).toMatchObject({ ok: false, rejection: { code: 'password-change-required' } });
    expect(issue('BU_CABC101', 'normal', (core) => core.setPhase('closed'))).toEqual({
      ok: false,
      rejection: { code: 'not-logged-in' },
    });
    const { core } = coreAt('10:00', { phase: 'normal' });
    expect(core.command('online-99' as SessionId, command)).toEqual({
      ok: false,
      rejection: { code: 'not-logged-in' },
    });
  });
});

test('every command stands in the table above', () => {
  expect(Object.keys(ABSURD).toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});
