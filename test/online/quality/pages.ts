import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../../src/clearing/settings.ts';
import { at, deal, participant, series, side, user } from '../../support/world.ts';
import { startSite, type Site } from '../site.ts';

/** A world in which every page has rows, and every form something to work on. */
export async function fullSite(phase: 'enquiry-only' | 'normal'): Promise<Site> {
  const option = series('HSI28000E9').name;
  const accounts = [
    ['HOUSE', 'house'],
    ['OMNI1', 'omnibus-client'],
    ['TRANS', 'transitory'],
    ['DAILY', 'daily'],
    ['APT', 'apt'],
  ] as const;
  const site = await startSite({
    phase,
    at: '11:55',
    settings: { secondUser: false },
    world: {
      settings: { ...DEFAULT_CLEARING_SETTINGS, rectificationHeld: 'always' },
      participants: [
        participant('CABC', {
          accounts: accounts.map(([id, type]) => ({ id: id as AccountId, type })),
          users: [user('BU_CABC101'), user('BU_CABC102', 'expired'), user('BU_CABC103', 'locked'), user('BU_CABC201')],
        }),
        participant('CXYZ'),
      ],
      deals: [
        deal({ quantity: 1_250, price: 29_500, matchedAt: at('06:31') }),
        { ...deal(), buyer: side('CABC', 'TRANS'), quantity: 4, matchedAt: at('06:33') },
        { ...deal(), buyer: side('CABC', 'DAILY'), quantity: 3 },
        { ...deal(), buyer: side('CABC', 'DAILY'), quantity: 3, price: 29_510 },
        { ...deal(), series: series('HKB65.00E9').name, price: 1_205 },
      ],
      positions: [
        { participant: 'CABC' as CustomerCode, account: 'OMNI1' as AccountId, series: option, held: 12, written: 7 },
      ],
    },
  });
  const cabc = 'CABC' as CustomerCode;
  const [omni, house] = ['OMNI1' as AccountId, 'HOUSE' as AccountId];
  const part = { account: omni, quantity: 2, openClose: 'default' as const, customerInfo: 'desk 7' };
  const giveUp = { do: 'request-give-up', quantity: 2, commission: 0, text: 'agreed' } as const;
  site.core.commandFor(cabc, { do: 'rectify-trade', trade: 1, parts: [part] });
  site.core.commandFor(cabc, { ...giveUp, trade: 9, to: 'CXYZ' as CustomerCode });
  site.core.commandFor('CXYZ' as CustomerCode, { ...giveUp, trade: 10, to: cabc });
  site.core.commandFor(cabc, { do: 'net-down-position', items: [{ account: omni, series: option, quantity: 3 }] });
  site.core.commandFor(cabc, {
    do: 'request-exercise',
    account: house,
    series: series('HKB65.00E9').name,
    quantity: 1,
  });
  site.core.commandFor(cabc, { do: 'make-average-price-trade', trades: [5, 7] });
  site.core.sendMessage(undefined, 'The verification session ends at 12:00.');
  return site;
}

/** Whose eyes a page is for. */
export type Who = 'nobody' | 'BU_CABC101' | 'BU_CABC102' | 'BU_CABC201';

export interface Visited {
  readonly who: Who;
  readonly path: string;
  /** The route that it stands for; default: the path. */
  readonly route?: string;
  /** Posted, with these fields. */
  readonly fields?: Readonly<Record<string, string>>;
}

const LISTS = [
  'positions',
  'close-outs',
  'trades',
  'rectifications',
  'average-price-trades',
  'accounts',
  'give-ups',
  'exercises',
  'deliveries',
  'series',
  'messages',
];

const FORMS: readonly (readonly [route: string, number?: number])[] = [
  ['/trades/:number', 1],
  ['/trades/:number/rectify', 1],
  ['/trades/:number/transfer', 3],
  ['/trades/:number/give-up', 1],
  ['/average-price-trades/new'],
  ['/rectifications/:number/confirm', 1],
  ['/rectifications/:number/reject', 1],
  ['/give-ups/new'],
  ['/give-ups/:number/take-up', 2],
  ['/give-ups/:number/reject', 1],
  ['/positions/transfer'],
  ['/positions/net-down'],
  ['/positions/cover'],
  ['/close-outs/:number/restore', 1],
  ['/exercises/new'],
  ['/exercises/deny'],
  ['/exercises/:number/cancel', 1],
  ['/results/:number', 1],
];

/** Every page of the site, each as everybody who has it sees it. A route that is missing here is found by a test. */
export const PAGES: readonly Visited[] = [
  { who: 'nobody', path: '/login' },
  { who: 'nobody', path: '/login', fields: { username: 'nobody', password: 'wrong' } },
  { who: 'nobody', path: '/no-such-page' },
  { who: 'BU_CABC102', path: '/password' },
  ...LISTS.map((list): Visited => ({ who: 'BU_CABC101', path: `/${list}` })),
  ...LISTS.map((list): Visited => ({ who: 'BU_CABC101', path: `/${list}?sort=series&size=2&page=2` })).slice(0, 3),
  ...FORMS.map(([route, number]): Visited => ({
    who: 'BU_CABC101',
    path: route.replace(':number', String(number)),
    route,
  })),
  { who: 'BU_CABC101', path: '/password' },
  { who: 'BU_CABC101', path: '/trades?colour=red' },
  { who: 'BU_CABC101', path: '/trades?series=none' },
  { who: 'BU_CABC101', path: '/positions/transfer?account=OMNI1&series=HSI28000E9' },
  // A form with something wrong, and a confirmation.
  { who: 'BU_CABC101', path: '/trades/9/rectify', fields: { 'account-1': 'HOUSE', 'quantity-1': 'x' } },
  { who: 'BU_CABC101', path: '/trades/9/give-up', fields: { to: 'CXYZ', quantity: '1' } },
  { who: 'BU_CABC201', path: '/trades' },
  { who: 'BU_CABC201', path: '/users' },
  { who: 'BU_CABC201', path: '/sessions' },
  { who: 'BU_CABC201', path: '/users/BU_CABC101/access', route: '/users/:id/access' },
  { who: 'BU_CABC201', path: '/users/BU_CABC103/reset', fields: {} },
];
