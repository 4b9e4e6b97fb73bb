import type { AccountId } from '../../src/clearing/account.ts';
import { ClearingCore } from '../../src/clearing/core.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { DEFAULT_PASSWORD_RULES } from '../../src/clearing/password-rules.ts';
import { Secret } from '../../src/clearing/secret.ts';
import { parseSeriesName, type Series } from '../../src/clearing/series.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../src/clearing/settings.ts';
import type { UserId } from '../../src/clearing/user.ts';
import type { DealDefinition, WorldDefinition } from '../../src/clearing/world.ts';
import { businessCalendar } from '../../src/time/calendar.ts';
import { plusMs, startOfDay, type BusinessDate, type CalendarDate } from '../../src/time/instant.ts';
import { seededRandom } from '../../src/time/random.ts';

const DAY = '2019-05-03' as BusinessDate;
const PASSWORD = 'Correct-Horse-99!';
const ACCOUNTS = ['HOUSE', 'OMNI1', 'OMNI2', 'C0000001', 'C0000002'] as AccountId[];

/** A world of 20 participants and 60 series with `trades` trades: the same at every size but for their number. */
export function market(trades: number): WorldDefinition {
  const random = seededRandom('bench');
  const series = seriesOf();
  const codes = Array.from({ length: 20 }, (_, i) => `C${String(i + 100)}` as CustomerCode);
  const sides = codes.flatMap((participant) => ACCOUNTS.map((account) => ({ participant, account, customerInfo: '' })));
  const opens = plusMs(startOfDay(DAY), 9 * 3_600_000);
  const deals: DealDefinition[] = [];
  for (let i = 0; i < trades / 2; i++) {
    deals.push({
      series: random.pick(series).name,
      quantity: 1 + random.integer(20),
      price: 100 + random.integer(30_000),
      buyer: random.pick(sides),
      seller: random.pick(sides),
      matchedAt: plusMs(opens, Math.floor((i * 7 * 3_600_000) / (trades / 2))),
      clearingDate: DAY,
    });
  }
  return {
    startsAt: plusMs(startOfDay(DAY), 17 * 3_600_000),
    businessDate: DAY,
    passwords: DEFAULT_PASSWORD_RULES,
    participants: codes.map((code) => ({
      code,
      name: code,
      clearingHouses: ['HKCC', 'SEOCH'],
      authorisedRanges: undefined,
      accounts: ACCOUNTS.map((id) => ({
        id,
        type: id === 'HOUSE' ? 'house' : id.startsWith('O') ? 'omnibus-client' : 'individual-client',
      })),
      users: [{ id: `BU_${code}101` as UserId, kind: 'online', password: new Secret(PASSWORD), state: 'active' }],
    })),
    series,
    deals,
    positions: [],
    giveUps: [],
    prices: [],
    settings: DEFAULT_CLEARING_SETTINGS,
    sessions: [],
  };
}

function seriesOf(): readonly Series[] {
  const calendar = businessCalendar();
  const names = ['K9', 'M9', 'U9'].flatMap((month) => ['HSI', 'MHI', 'HHI', 'MCH'].map((code) => code + month));
  for (let strike = 26_000; strike < 32_800; strike += 200) names.push(`HSI${strike}E9`);
  for (let strike = 6_000; strike < 7_400; strike += 100) names.push(`HKB${(strike / 100).toFixed(2)}E9`);
  return names.map((name) => parseSeriesName(name, DAY as CalendarDate, calendar)).filter((each) => 'name' in each);
}

/** The core of a world, open for post-trade at 17:00, and a user of the first participant. */
export function openCore(world: WorldDefinition): { readonly core: ClearingCore; readonly session: SessionId } {
  const core = new ClearingCore(world, () => world.startsAt);
  core.setPhase('normal');
  const login = core.login({
    user: 'BU_C100101',
    password: new Secret(PASSWORD),
    window: 'online',
    gateway: 'online-1',
    address: '127.0.0.1',
    forced: false,
    sessionsMax: 10,
  });
  if (!login.ok) throw new Error(login.rejection.code);
  return { core, session: login.value.session.id };
}
