import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioFile, simulator } from '../support/simulator.ts';
import { BackOffice } from './back-office.ts';
import { CODES, happen, INSTRUMENT_TYPES, placeOf, RANDOM_DAY, steps } from './random-day.ts';

const STATES = ['', 'active', 'rectified', 'annulled'];
const GIVE_UP_MARKS = ['none', 'holding', 'given-up'];
const GIVE_UP_STATES = ['', 'holding', 'confirmed', 'rejected', 'cancelled', 'lapsed'];

// Goal: a program that listens knows the book, over a dead link and the other gateway too. Method: random histories; a
// back office hears the first part at gateway 1, nothing of the second, asks at gateway 2 for what it missed by the
// numbers, and hears the rest there. Its trades, give-ups and deliveries are then the model's, and no number was left out.
test('broadcasts and gap queries rebuild the state, over both gateways, without a hole in the numbers', async () => {
  using day = scenarioFile(RANDOM_DAY);
  const heard = { broadcasts: 0, positions: 0 };
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(...CODES), fc.nat(), fc.nat(), async (history, participant, a, b) => {
      await using sim = await simulator({ scenario: day.path, at: '10:00' });
      const [lost = 0, back = 0] = [a, b].map((each) => each % (history.length + 1)).toSorted((x, y) => x - y);
      const office = new BackOffice();
      const dates = new Set<string>();
      await office.connect(sim, participant, 0);
      for (const [i, step] of [...history, undefined].entries()) {
        const { whole } = placeOf(sim);
        dates.add(whole.businessDate).add(whole.calendar.next(whole.businessDate));
        if (i === lost) await office.lose();
        if (i === back) {
          await office.connect(sim, participant, 1);
          await office.fillGaps([...dates].toSorted(), INSTRUMENT_TYPES);
        }
        if (!step) break;
        await happen(sim, step);
        await office.listen(whole.businessDate);
      }
      const { whole } = placeOf(sim);
      const book = whole.books.get(participant);
      if (!book) throw new Error(`no book of ${participant}`);

      const trades = new Map(book.trades.all().map((each) => [each.number, each]));
      expect([...office.trades.keys()].toSorted((x, y) => x - y)).toEqual([...trades.keys()].toSorted((x, y) => x - y));
      for (const [number, [state, remaining, mark]] of office.trades) {
        const is = trades.get(number);
        expect([number, STATES[Number(state)], remaining, GIVE_UP_MARKS[Number(mark)]]).toEqual([
          number,
          is?.state,
          is?.remainingQuantity,
          is?.giveUpState,
        ]);
      }
      const giveUps = book.giveUps.map((number) => whole.giveUps.get(number));
      expect(
        [...office.giveUps]
          .toSorted(([x], [y]) => x - y)
          .map(([number, [state, quantity]]) => [number, GIVE_UP_STATES[Number(state)], quantity]),
      ).toEqual(
        giveUps
          .map((each) => [each?.number, each?.state, each?.quantity])
          .toSorted(([x], [y]) => Number(x) - Number(y)),
      );
      expect([...office.deliveries].toSorted(([x], [y]) => x - y)).toEqual(
        book.deliveries.map((each) => [each.number, each.quantity]),
      );
      heard.broadcasts += office.trades.size;
      heard.positions += office.positions.size;
      await office.lose();
    }),
    { numRuns: 12 },
  );
  expect(heard.broadcasts).toBeGreaterThan(0);
  expect(heard.positions).toBeGreaterThan(0);
}, 120_000);
