import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import { POSITION_KEEPING } from '../../../src/clearing/account.ts';
import type { Command } from '../../../src/clearing/commands/command.ts';
import type { OpenClose } from '../../../src/clearing/deal.ts';
import type { GiveUpState } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import {
  account,
  at,
  CABC,
  CTHD,
  CXYZ,
  deal,
  HKB_CALL,
  HSIK9,
  market,
  MONDAY,
  side,
  TUESDAY,
  type Market,
} from '../support/market.ts';

const CODES = [CABC, CXYZ, CTHD] as const;
const ACCOUNTS = ['HOUSE', 'OMNI1', 'OMNI2', 'COCA'] as const;
const SERIES = [HSIK9, HKB_CALL] as const;
const OPEN_CLOSE: readonly OpenClose[] = ['default', 'open', 'close'];

/** Something that may happen; its numbers choose among what there is at that moment. */
interface Step {
  readonly what: 'match' | Command['do'];
  readonly who: number;
  readonly other: number;
  readonly quantity: number;
  readonly choice: number;
  readonly nextDate: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    'match',
    'match',
    'request-give-up',
    'request-give-up',
    'take-up',
    'take-up',
    'reject-give-up',
    'transfer-position',
    'net-down-position',
    'restore-position',
    'cover-position',
    'deny-exercise',
  ),
  who: fc.nat({ max: 2 }),
  other: fc.nat({ max: 3 }),
  quantity: fc.integer({ min: 1, max: 6 }),
  choice: fc.nat({ max: 600 }),
  nextDate: fc.boolean(),
});

function pick<T>(list: readonly T[], choice: number): T | undefined {
  return list[choice % Math.max(1, list.length)];
}

function accountOf(choice: number): AccountId {
  return account(pick(ACCOUNTS, choice) ?? 'HOUSE');
}

function commandOf(place: Market, { what, who, other, quantity, choice }: Step): readonly [CustomerCode, Command] {
  const code = CODES[who] ?? CABC;
  const series = SERIES[choice % 2] ?? HSIK9;
  switch (what) {
    case 'request-give-up': {
      const trades = place.book(code)?.trades.all() ?? [];
      const free = trades.filter((each) => each.remainingQuantity > each.heldQuantity);
      const trade = pick(choice % 5 === 0 ? trades : free, choice)?.number ?? 0;
      const to = CODES[other] ?? CTHD;
      return [code, { do: what, trade, to, quantity, commission: 0, text: '' }];
    }
    case 'take-up': {
      const pending = place.allGiveUps().filter((giveUp) => giveUp.state === 'holding');
      const giveUp = pick(pending, choice);
      const first = Math.min(quantity, giveUp?.quantity ?? 0);
      const rest = (giveUp?.quantity ?? 0) - first;
      const parts = [first, rest].map((contracts, i) => ({
        account: accountOf(other + i),
        quantity: contracts,
        openClose: OPEN_CLOSE[choice % 3] ?? 'default',
        customerInfo: '',
      }));
      return [
        giveUp?.taker ?? code,
        { do: what, giveUp: giveUp?.number ?? 0, parts: parts.filter((part) => part.quantity > 0) },
      ];
    }
    case 'reject-give-up':
      return [CODES[other] ?? code, { do: what, giveUp: pick(place.allGiveUps(), choice)?.number ?? 0, text: '' }];
    case 'transfer-position': {
      const between = { from: accountOf(other), to: accountOf(other + 1 + (choice % 3)) };
      return [code, { do: what, series, ...between, held: quantity % 4, written: choice % 3 }];
    }
    case 'net-down-position':
      return [
        code,
        { do: what, items: [{ account: accountOf(1 + (other % 3)), series, quantity: 1 + (quantity % 4) }] },
      ];
    case 'restore-position': {
      const closeOut = pick(place.allCloseOuts(), choice);
      return [
        closeOut?.participant ?? code,
        { do: what, closeOut: closeOut?.number ?? 0, quantity: 1 + (quantity % 4) },
      ];
    }
    case 'cover-position':
      return [code, { do: what, account: accountOf(other), series: HKB_CALL, quantity: quantity - 1 }];
    default:
      throw new Error(`no such step here: ${what}`);
  }
}

/** Gross positions in every account, today's and of the T+1 session, so that most steps find something to do. */
function busyMarket(): Market {
  const place = market();
  for (const series of SERIES) {
    for (const [i, code] of CODES.entries()) {
      for (const [j, id] of ACCOUNTS.entries()) {
        const sides = { buyer: side(code, id), seller: side(CODES[(i + 1) % 3] ?? CXYZ, id) };
        place.match({ ...sides, series, quantity: 8 + i, clearingDate: j === 1 ? TUESDAY : MONDAY });
      }
    }
  }
  return place;
}

/** @returns whether it was accepted */
function take(place: Market, each: Step): boolean {
  const code = CODES[each.who] ?? CABC;
  const clearingDate = each.nextDate ? TUESDAY : MONDAY;
  const series = SERIES[each.choice % 2] ?? HSIK9;
  if (each.what === 'match') {
    const sides = {
      buyer: { ...side(code, accountOf(each.other)), openClose: pick(OPEN_CLOSE, each.choice) },
      seller: {
        ...side(CODES[(each.who + 1) % 3] ?? CXYZ, accountOf(each.choice)),
        openClose: pick(OPEN_CLOSE, each.other),
      },
    };
    return place.matchDeal({ ...deal(), ...sides, series, quantity: each.quantity, clearingDate }).ok;
  }
  if (each.what === 'deny-exercise') {
    const position = place.positionIn(code, accountOf(each.other), HKB_CALL);
    if (!position) return false;
    const change = { denied: Math.min(each.quantity, position.held) - position.denied };
    place.happens({ type: 'position-adjusted', ...position, reason: each.what, change, at: place.now() });
    return true;
  }
  return place.commandFor(...commandOf(place, each)).ok;
}

/** Which sums do not hold, with what was found. Plain comparisons: thousands of `expect` would take seconds. */
function wrongSums(place: Market): readonly unknown[] {
  const wrong: unknown[] = [];
  const must = (holds: boolean, what: string, found: unknown): void => void (holds || wrong.push([what, found]));
  for (const when of ['now', 'at close'] as const) {
    const exposures = place.exposures(when);
    must(
      Object.values(exposures).every((exposure) => exposure === 0),
      `exposure ${when}`,
      exposures,
    );
  }
  const closeOuts = place.allCloseOuts();
  for (const position of place.allPositions()) {
    const { participant, series, held, written, closedOut, denied, covered } = position;
    must(Math.min(held, written, closedOut, denied, covered) >= 0, 'nothing is negative', position);
    must(denied <= held && covered <= written, 'denied and covered fit', position);
    const type = place.book(participant)?.accounts.get(position.account)?.type ?? 'apt';
    must(POSITION_KEEPING[type] === 'gross' || Math.min(held, written) === 0, 'net keeps one side', position);
    const left = closeOuts
      .filter((of) => of.participant === participant && of.account === position.account && of.series === series)
      .reduce((sum, closeOut) => sum + closeOut.quantity - closeOut.restored, 0);
    must(closedOut === left, `${left} are closed out`, position);
  }
  const giveUps = place.allGiveUps();
  for (const trade of place.allTrades()) {
    const own = giveUps.filter((giveUp) => giveUp.trade === trade.number);
    const sumOf = (state: GiveUpState): number =>
      own.reduce((sum, giveUp) => sum + (giveUp.state === state ? giveUp.quantity : 0), 0);
    const [holding, confirmed] = [sumOf('holding'), sumOf('confirmed')];
    must(trade.heldQuantity === holding && holding <= trade.remainingQuantity, `${holding} are held`, trade);
    const was = ['standard', 'take-up'].includes(trade.type) ? trade.quantity : 0;
    must(trade.remainingQuantity === was - confirmed, `${was - confirmed} remain`, trade);
    must((trade.state === 'rectified') === (was > 0 && trade.remainingQuantity === 0), 'state', trade);
    const giveUpState = holding > 0 ? 'holding' : confirmed > 0 ? 'given-up' : 'none';
    must(trade.giveUpState === giveUpState, `give-up state ${giveUpState}`, trade);
  }
  for (const giveUp of giveUps) {
    const taken = giveUp.parts.reduce((sum, part) => sum + part.quantity, 0);
    must(taken === (giveUp.state === 'confirmed' ? giveUp.quantity : 0), 'parts add up', giveUp);
  }
  return wrong;
}

// Goal: give-ups and moves between accounts make and lose no contracts, whatever happens in whatever order.
// Method: random matches and commands of three participants, today's and of the T+1 session; after each, the sums.
test('over any give-ups, transfers, net-downs and covers exposure stays zero, nothing is negative, and holds add up', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 40 }), (steps) => {
      const place = busyMarket();
      for (const each of steps) if (take(place, each)) expect(wrongSums(place)).toEqual([]);
    }),
    { numRuns: 250 },
  );
});

// Goal: an undone net-down leaves no trace but its record.
// Method: a random gross position, covered and denied in part, with a T+1 trade or without; net-down; restore in bits.
test('a net-down that is restored whole gives the identical position, but for times and cover that it had to take', () => {
  const quantities = fc.record({
    held: fc.integer({ min: 1, max: 20 }),
    written: fc.integer({ min: 1, max: 20 }),
    netted: fc.nat(),
    covered: fc.nat(),
    denied: fc.nat(),
    nextDate: fc.integer({ min: 0, max: 5 }),
    bits: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
  });
  fc.assert(
    fc.property(quantities, ({ held, written, netted, covered, denied, nextDate, bits }) => {
      const of = { participant: CABC, account: account('OMNI1'), series: HKB_CALL };
      const place = market({ positions: [{ ...of, held, written }] });
      place.happens({
        type: 'position-adjusted',
        ...of,
        reason: 'cover',
        change: { covered: covered % (written + 1), denied: denied % (held + 1) },
        at: place.now(),
      });
      const closing = { ...deal(), series: HKB_CALL, clearingDate: TUESDAY, quantity: nextDate };
      if (nextDate > 0) place.match({ ...closing, buyer: side('CABC', 'OMNI1') });
      const before = [place.positionIn(CABC, 'OMNI1', HKB_CALL), place.closingIn(CABC, 'OMNI1', HKB_CALL)];

      const quantity = 1 + (netted % Math.min(held, written));
      place.done(CABC, { do: 'net-down-position', items: [{ ...of, quantity }] });
      const between = [place.positionIn(CABC, 'OMNI1', HKB_CALL), place.closingIn(CABC, 'OMNI1', HKB_CALL)];
      place.clock.now = at('11:00');
      let left = quantity;
      for (const bit of bits) {
        const restored = Math.min(bit, left);
        if (restored > 0) place.done(CABC, { do: 'restore-position', closeOut: 1, quantity: restored });
        left -= restored;
      }
      const after = [place.positionIn(CABC, 'OMNI1', HKB_CALL), place.closingIn(CABC, 'OMNI1', HKB_CALL)];
      for (const [i, position] of before.entries()) {
        expect(after[i]).toEqual(
          position && {
            ...position,
            covered: Math.min(position.covered, between[i]?.written ?? 0),
            denied: Math.min(position.denied, between[i]?.held ?? 0),
            modifiedAt: at('11:00'),
          },
        );
      }
      expect(place.do(CABC, { do: 'restore-position', closeOut: 1, quantity: 1 }).ok).toBe(false);
    }),
  );
});
