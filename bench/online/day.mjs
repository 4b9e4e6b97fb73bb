// A day with a participant of 100 positions and one of 10,000: written as files into a folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PASSWORD = 'Correct-Horse-99!';

/** Users who do nothing but log in, again and again; the sessions of the others stay. */
export const LOGIN_USERS = Array.from({ length: 90 }, (_, i) => `BU_CABC1${10 + i}`);

export function loginBody(user) {
  return new URLSearchParams({ username: user, password: PASSWORD }).toString();
}

/** @returns the path of the scenario */
export function benchDay(folder) {
  const series = Array.from({ length: 100 }, (_, i) => `HSI${25_000 + 100 * i}E9`);
  const accounts = Array.from({ length: 100 }, (_, i) => `C${String(i + 1).padStart(4, '0')}`);
  const positions = [
    ...series.map((name) => ['CABC', accounts[0], name]),
    ...accounts.flatMap((account) => series.map((name) => ['CXYZ', account, name])),
  ];
  const rows = positions.map((row, i) => `${row.join(',')},${1 + (i % 90)},0`);
  writeFileSync(join(folder, 'positions.csv'), `participant,account,series,held,written\n${rows.join('\n')}\n`);
  const day = {
    format: 'dcass-scenario/1',
    scenario: { id: 'bench-online', title: 'DCASS Online under load' },
    day: { date: '2019-05-05', businessDate: '2019-05-06', start: '08:30', end: '13:00' },
    world: {
      // Each login of a user ends the session before: hundreds of thousands of sessions are no day of anybody's.
      gateways: { online: { userSessions: 1, secondLogin: 'takes-over' } },
      participants: ['CABC', 'CXYZ'].map((code) => ({
        code,
        name: `${code} Clearing Limited`,
        clearingHouses: ['HKCC'],
        accounts: accounts.map((id) => ({ id, type: 'individual-client' })),
      })),
      users: ['BU_CABC101', 'BU_CXYZ101', ...LOGIN_USERS].map((id) => ({ id, password: PASSWORD, state: 'active' })),
      series,
      positions: { from: 'positions.csv' },
    },
    timeline: [
      { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'enquiry-only' } },
      { id: 'closes', at: '12:00', do: 'session.close' },
    ],
  };
  const path = join(folder, 'day.yaml');
  writeFileSync(path, JSON.stringify(day, null, 2));
  return path;
}
