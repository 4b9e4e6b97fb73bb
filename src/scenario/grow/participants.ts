import type { AccountType } from '../../clearing/account.ts';
import type { Random } from '../../time/random.ts';
import type { ParticipantSection } from '../schema.ts';
import { shuffled } from './choice.ts';

// Two short lists, 25 x 8 names. "Simulated" stands before each: no reader takes them for firms.
const BIRDS =
  'Avocet Bittern Bulbul Bunting Cormorant Curlew Drongo Egret Godwit Heron Hoopoe Kestrel Kingfisher Koel Lapwing Myna Osprey Pipit Plover Sandpiper Shrike Spoonbill Swiftlet Tattler Wagtail'.split(
    ' ',
  );
const FIELDS = 'Futures,Securities,Derivatives,Brokers,Options,Clearing,Capital Markets,International'.split(',');

/** The users of every grown participant: two for DCASS Online, an Administrator, two for OAPI. */
const USER_SUFFIXES = [
  ['BU', '101'],
  ['BU', '102'],
  ['BU', '201'],
  ['BO', '801'],
  ['BO', '901'],
] as const;

/**
 * Participants as a file would write them, largest first: `C001`, `C002` … (the same codes for every seed, so that
 * steps and expectations can name them), without the codes in `taken`. Names, clearing houses and accounts come from `random`.
 */
export function growParticipants(
  count: number,
  random: Random,
  taken: ReadonlySet<string> = new Set(),
): ParticipantSection[] {
  const names = shuffled(
    BIRDS.flatMap((bird) => FIELDS.map((trade) => `Simulated ${bird} ${trade} Limited`)),
    random.fork('names'),
  );
  return grownCodes(count, taken).map((code, rank) => {
    const own = random.fork(code);
    return {
      code,
      name: names[rank % names.length] as string,
      // The first two clear in both markets, so that every series finds a buyer and a seller.
      clearingHouses: rank < 2 ? ['HKCC', 'SEOCH'] : own.pick(CLEARING_HOUSES),
      accounts: growAccounts(rank, count, own),
    };
  });
}

/** The ids of a grown participant's users. */
export function grownUserIds(code: string): readonly string[] {
  return USER_SUFFIXES.map(([prefix, number]) => `${prefix}_${code}${number}`);
}

const CLEARING_HOUSES: readonly ('HKCC' | 'SEOCH')[][] = [
  ['HKCC', 'SEOCH'],
  ['HKCC', 'SEOCH'],
  ['HKCC', 'SEOCH'],
  ['HKCC'],
  ['HKCC'],
  ['SEOCH'],
];

function grownCodes(count: number, taken: ReadonlySet<string>): string[] {
  const codes: string[] = [];
  for (let number = 1; codes.length < count; number++) {
    const code = `C${String(number).padStart(3, '0')}`;
    if (!taken.has(code)) codes.push(code);
  }
  return codes;
}

// Every type of account occurs; what every participant must have comes first. Large participants have more clients.
function growAccounts(rank: number, count: number, random: Random): { id: string; type: AccountType }[] {
  const isLarge = rank * 4 < count;
  const accounts: { id: string; type: AccountType }[] = [
    { id: 'HOUSE', type: 'house' },
    { id: 'OMNI1', type: 'omnibus-client' },
  ];
  if (isLarge) accounts.push({ id: 'OMNI2', type: 'omnibus-client' });
  if (rank === 0 || random.integer(5) < 2) accounts.push({ id: 'MM1', type: 'market-maker' });
  const clients = (rank === 0 ? 1 : 0) + random.integer(isLarge ? 6 : 3);
  for (let i = 1; i <= clients; i++) {
    const id = `C00${String(random.integer(9_000) * 10 + i).padStart(5, '0')}`;
    accounts.push({ id, type: 'individual-client' });
  }
  accounts.push(
    { id: 'COCA', type: 'client-offset-claim' },
    { id: 'DAILY', type: 'daily' },
    { id: 'SINK', type: 'sink' },
    { id: 'APT', type: 'apt' },
    { id: 'TRANSIT', type: 'transitory' },
  );
  return accounts;
}
