import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { Command } from '../../src/clearing/commands/command.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { deal, participant, series, side } from '../support/world.ts';
import { startSite, type Browser, type Site } from './site.ts';

const CALL = series('HKB65.00E9').name;
// What only CXYZ has. Its code and name are known: a give-up names its taker.
const ACCOUNTS = ['XHOUSE', 'XOMNI', 'XDAILY', 'XAPT'];
const SECRETS = [...ACCOUNTS, 'XNOTE', 'XMESSAGE', 'BU_CXYZ'];

/** CXYZ trades with itself only, so that nothing of it is CABC's business. */
function market(): Promise<Site> {
  const types = ['house', 'omnibus-client', 'daily', 'apt'] as const;
  const own = ACCOUNTS.map((id, i) => ({ id: id as AccountId, type: types[i] ?? 'house' }));
  const xSide = (account: string) => ({ ...side('CXYZ', account), customerInfo: 'XNOTE' });
  return startSite({
    phase: 'normal',
    world: {
      participants: [participant('CABC'), participant('CXYZ', { accounts: own }), participant('CFAR')],
      deals: [
        { ...deal(), buyer: xSide('XHOUSE'), seller: xSide('XOMNI') },
        { ...deal(), series: CALL, buyer: xSide('XOMNI'), seller: xSide('XOMNI') },
        { ...deal(), buyer: xSide('XDAILY'), seller: xSide('XHOUSE') },
        { ...deal(), buyer: xSide('XDAILY'), seller: xSide('XHOUSE') },
        { ...deal(), seller: side('CABC', 'OMNI1') },
      ],
    },
  });
}

const part = (quantity: number) => [
  { account: 'XOMNI' as AccountId, quantity, openClose: 'default' as const, customerInfo: 'XNOTE' },
];

/** Things that CXYZ does with itself, and with a third participant. */
const DOINGS: readonly Command[] = [
  { do: 'rectify-trade', trade: 1, parts: part(2) },
  { do: 'request-give-up', trade: 1, to: 'CFAR' as CustomerCode, quantity: 1, commission: 0, text: 'XNOTE' },
  { do: 'net-down-position', items: [{ account: 'XOMNI' as AccountId, series: CALL, quantity: 2 }] },
  { do: 'request-exercise', account: 'XOMNI' as AccountId, series: CALL, quantity: 1 },
  { do: 'deny-exercise', account: 'XOMNI' as AccountId, series: CALL, quantity: 1 },
  { do: 'make-average-price-trade', trades: [5, 7] },
];

const USERS = ['BU_CABC101', 'BU_CABC201'] as const;

async function addressesOf(site: Site, method: string): Promise<string[]> {
  const numbers = [1, 2, 3, 5, 7, 9, 11, 12];
  return (await site.online.routes())
    .filter((route) => route.method === method)
    .flatMap(({ path }) =>
      path.includes(':number')
        ? numbers.map((number) => path.replace(':number', String(number)))
        : [path.replace(':id', path.startsWith('/sessions') ? '1' : 'BU_CXYZ101')],
    );
}

function leaks(browser: string, path: string, body: string): string[] {
  // What the address itself says may come back.
  return SECRETS.filter((secret) => body.includes(secret) && !path.includes(secret)).map(
    (secret) => `${browser} ${path}: ${secret}`,
  );
}

// Goal: a participant never sees or touches another's data. Method: CXYZ does anything, in any order; every kind of user of CABC
// then asks for every address that the site has, in every format, and sends every form with CXYZ's numbers and names.
test('whatever another participant does, no address shows it and no form changes it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...DOINGS], { minLength: 2 }), async (doings) => {
      await using site = await market();
      for (const command of doings) site.core.commandFor('CXYZ' as CustomerCode, command);
      site.core.sendMessage('CXYZ' as CustomerCode, 'XMESSAGE');
      const xyz = site.browser();
      await xyz.login('BU_CXYZ101');
      expect(leaks('CXYZ', '/trades', (await xyz.get('/trades')).body)).not.toEqual([]);

      const found: string[] = [];
      const users: Browser[] = [];
      for (const name of USERS) {
        const browser = site.browser();
        await browser.login(name);
        users.push(browser);
        for (const path of await addressesOf(site, 'GET')) {
          for (const format of ['', '?format=csv', '?format=json']) {
            found.push(...leaks(name, path, (await browser.get(`${path}${format}`)).body));
          }
        }
      }
      expect(found).toEqual([]);

      const before = stateOf(site);
      for (const browser of users) {
        const changing = await addressesOf(site, 'POST');
        for (const path of changing.filter((each) => !/^\/(login|logout|password)$/.test(each))) {
          const fields = {
            trade: '1',
            trades: '5, 7',
            to: 'CFAR',
            quantity: '1',
            account: 'XOMNI',
            series: CALL,
            held: '1',
          };
          const answer = await browser.post(path, { ...fields, 'account-1': 'XHOUSE', 'quantity-1': '1' });
          // A confirmation that is asked for changes nothing; only its second step, which leads on, would.
          expect([path, answer.status]).not.toEqual([path, 303]);
          expect(answer.status).toBeLessThan(500);
          found.push(
            // What was typed comes back.
            ...leaks('form', path, answer.body.replaceAll(/value="[^"]*"|\b(XOMNI|XHOUSE)\b/g, '')),
          );
        }
      }
      expect(found).toEqual([]);
      expect(stateOf(site)).toEqual(before);
    }),
    { numRuns: 4 },
  );
}, 120_000);

function stateOf(site: Site): unknown {
  const book = site.core.book('CXYZ' as CustomerCode);
  return JSON.parse(
    JSON.stringify([
      book?.trades.all(),
      [...(book?.positions.values() ?? [])],
      book?.giveUps,
      [...(book?.exercises.values() ?? [])],
    ]),
  );
}
