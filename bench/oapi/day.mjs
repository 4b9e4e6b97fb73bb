// A day with 200 OAPI users each for three participants, 100 positions in one account, and a trade that can be given up
// very often.
const PASSWORD = 'Correct-Horse-99!';
const CODES = ['CABC', 'CDEF', 'CXYZ'];

export function userOf(index) {
  const code = CODES[index % CODES.length];
  const number = Math.floor(index / CODES.length) + 1;
  return `BO_${code}${number < 100 ? 8 : 9}${String(number % 100).padStart(2, '0')}`;
}

export const USER_PASSWORD = PASSWORD;
export const SESSIONS_MAX = 590;

export function benchDay() {
  const strikes = Array.from({ length: 100 }, (_, i) => `HSI${20_000 + i * 100}E9`);
  return {
    format: 'dcass-scenario/1',
    scenario: {
      id: 'bench-oapi',
      title: 'Many OAPI sessions',
      level: 'beginner',
      minutes: 5,
      sources: ['a benchmark'],
    },
    day: { date: '2019-05-06', start: '08:30', end: '18:00' },
    world: {
      participants: CODES.map((code) => ({
        code,
        name: `${code} Clearing Limited`,
        clearingHouses: ['HKCC'],
        accounts: [
          { id: 'HOUSE', type: 'house' },
          { id: 'OMNI1', type: 'omnibus-client' },
        ],
      })),
      users: Array.from({ length: SESSIONS_MAX }, (_, i) => ({ id: userOf(i), password: PASSWORD, state: 'active' })),
      series: ['HSIK9', ...strikes],
      positions: CODES.flatMap((participant) =>
        strikes.map((series, i) => ({ participant, account: 'HOUSE', series, held: i + 1, written: 0 })),
      ),
      gateways: { oapi: { sessionsMax: 600 } },
    },
    timeline: [
      { id: 'opens', at: '08:45', do: 'session.open', with: { mode: 'normal' } },
      ...CODES.map((code, i) => ({
        id: `large-trade-${i + 1}`,
        at: '09:15',
        do: 'deal.match',
        with: {
          series: 'HSIK9',
          price: '29500',
          quantity: 1_000_000,
          buyer: { participant: code, account: 'OMNI1' },
          seller: { participant: CODES[(i + 1) % CODES.length], account: 'HOUSE' },
        },
      })),
    ],
  };
}
