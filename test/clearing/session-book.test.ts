import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionBook } from '../../src/clearing/session-book.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import type { UserSession } from '../../src/clearing/session.ts';

// Goal: what the book knows of users and gateways is what a look at every session tells. Method: random openings,
// replacements and ends, held against a filter.
test('the sessions of a user, and how many a gateway has, are those that a look at all of them finds', () => {
  const users = ['BU_CABC101', 'BU_CXYZ101'];
  const gateways = ['online-1', 'online-2'];
  const step = fc.record({
    do: fc.constantFrom('set', 'set', 'delete', 'clear'),
    id: fc.integer({ min: 1, max: 6 }),
    user: fc.constantFrom(...users),
    gateway: fc.constantFrom(...gateways),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const book = new SessionBook();
      for (const { do: verb, id: number, user, gateway } of steps) {
        const id = `session-${number}` as SessionId;
        if (verb === 'set') book.set(id, { id, user, gateway } as UserSession);
        else if (verb === 'delete') book.delete(id);
        else if (number === 1) book.clear();
      }
      const all = [...book.values()];
      for (const user of users) {
        const found = book.ofUser(user as UserSession['user']);
        expect(new Set(found)).toEqual(new Set(all.filter((each) => each.user === user)));
      }
      for (const gateway of gateways) {
        expect(book.countAt(gateway)).toBe(all.filter((each) => each.gateway === gateway).length);
      }
      expect(new SessionBook().countAt('online-1')).toBe(0);
      expect([...SessionBook.of(all)]).toEqual([...book]);
    }),
  );
});
