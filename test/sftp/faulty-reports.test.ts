import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { hasClient } from '../support/real-clients.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';
import { folder, sftp } from './of-simulator.ts';

const PUBLISH = { which: ['trades', 'positions'], for: 'all' };
const HOUR = ['10:00', '11:00', '12:00'];

interface Step {
  readonly at: string;
  readonly do: string;
  readonly with: object;
}

/** Monday: a deal at 09:10; trades and positions at 10:00, 11:00 and 12:00. */
function day(timeline: readonly Step[], reports: object = { writing: '2s' }): ReturnType<typeof scenarioFile> {
  const deal = {
    series: 'HSIK9',
    quantity: 7,
    price: '29500',
    buyer: { participant: 'CABC', account: 'OMNI1' },
    seller: { participant: 'CXYZ', account: 'HOUSE' },
  };
  return scenarioFile({
    ...smallDay(
      { reports },
      [
        { at: '09:10', do: 'deal.match', with: deal },
        ...HOUR.map((at) => ({ at, do: 'report.publish', with: PUBLISH })),
        ...timeline,
      ].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    ),
    day: { date: '2019-05-06', start: '08:30' },
  });
}

const inbox = async (sim: Simulator, code = 'CABC'): Promise<readonly string[]> => {
  const own = folder();
  await sftp(sim, code, own, '-get -r /INBOX/20190506\n');
  return readdirSync(own).length === 0 ? [] : readdirSync(join(own, '20190506')).toSorted();
};

async function text(sim: Simulator, file: string, code = 'CABC'): Promise<string> {
  const own = folder();
  await sftp(sim, code, own, `get /INBOX/20190506/${file}\n`);
  return readFileSync(join(own, file), 'latin1');
}

const trades = (time: string, code = 'CABC'): string => `TRADES_${code}_20190506_${time}.csv`;
const positions = (time: string, code = 'CABC'): string => `POSITIONS_${code}_20190506_${time}.csv`;

test.skipIf(!hasClient('sftp'))(
  'a client sees the late report late, only once, and with the contents of the time at which it was due',
  async () => {
    const deal = {
      series: 'HSIK9',
      quantity: 3,
      price: '29500',
      buyer: { participant: 'CABC', account: 'OMNI1' },
      seller: { participant: 'CXYZ', account: 'HOUSE' },
    };
    using file = day([
      { at: '09:30', do: 'report.delay', with: { which: ['trades'], for: ['CABC'], by: '20m' } },
      { at: '10:10', do: 'deal.match', with: deal },
    ]);
    await using sim = await simulator({ scenario: file.path });
    await sim.clock.advanceTo('10:19:59');
    expect(await inbox(sim)).toEqual([positions('1000')]);
    expect(await inbox(sim, 'CXYZ')).toEqual([positions('1000', 'CXYZ'), trades('1000', 'CXYZ')]);
    await sim.clock.advanceTo('10:20:01');
    expect(await inbox(sim)).toEqual([positions('1000'), `${trades('1000')}.tmp`]);
    await sim.clock.advanceTo('10:20:02');
    expect((await text(sim, trades('1000'))).split('\r\n').slice(2, -1)).toHaveLength(1);
    await sim.clock.advanceTo('11:00:02');
    expect((await text(sim, trades('1100'))).split('\r\n').slice(2, -1)).toHaveLength(2);
    // Both publications are signalled, and the late report once more.
    expect(sim.journal.entries({ kind: 'clearing.information-ready' })).toHaveLength(3);
  },
);

test.skipIf(!hasClient('sftp'))(
  'a report that is withheld does not come until it is released: by its time, by a step, or by being published again',
  async () => {
    const withhold = (at: string, more: object): Step => ({
      at,
      do: 'report.withhold',
      with: { which: ['trades'], for: ['CABC'], ...more },
    });
    using byTime = day([withhold('09:30', { releaseAfter: '45m' })]);
    await using first = await simulator({ scenario: byTime.path });
    await first.clock.advanceTo('10:15:01');
    expect(await inbox(first)).toEqual([positions('1000'), `${trades('1000')}.tmp`]);
    await first.clock.advanceTo('11:00:02');
    expect(await inbox(first)).toContain(trades('1100'));

    using byStep = day([
      withhold('09:30', {}),
      { at: '10:30', do: 'report.release', with: { which: ['trades', 'positions'] } },
    ]);
    await using second = await simulator({ scenario: byStep.path });
    await second.clock.advanceTo('10:29');
    expect(await inbox(second)).toEqual([positions('1000')]);
    await second.clock.advanceTo('11:01');
    expect(await inbox(second)).toEqual([positions('1000'), positions('1100'), trades('1000'), trades('1100')]);
    expect(second.journal.entries({ kind: 'scenario.refused' })).toEqual([]);

    using never = day([withhold('09:30', {})]);
    await using third = await simulator({ scenario: never.path });
    await third.clock.advanceTo('10:59');
    expect(await inbox(third)).toEqual([positions('1000')]);
    await third.clock.advanceTo('11:01');
    expect(await inbox(third)).toEqual([positions('1000'), positions('1100'), trades('1000'), trades('1100')]);
  },
);

test.skipIf(!hasClient('sftp'))(
  'a client sees the corrupt report corrupt, and the one that is published again right, beside it',
  async () => {
    const corrupt = (how: string): Step => ({
      at: '09:30',
      do: 'report.corrupt',
      with: { which: ['trades'], for: ['CABC'], how, corrected: '30m' },
    });
    using sound = day([]);
    await using right = await simulator({ scenario: sound.path });
    await right.clock.advanceTo('10:01');
    const wanted = await text(right, trades('1000'));
    const damaged = async (how: string): Promise<string> => {
      using file = day([corrupt(how)]);
      await using sim = await simulator({ scenario: file.path });
      await sim.clock.advanceTo('10:30:01');
      const first = await text(sim, trades('1000'));
      const again = trades('1000').replace('.csv', '_V2.csv');
      expect(await inbox(sim)).not.toContain(again);
      await sim.clock.advanceTo('10:30:04');
      expect(await inbox(sim)).toEqual([positions('1000'), trades('1000'), again]);
      expect(await text(sim, again)).toBe(wanted);
      // The other participant's is as it should be.
      expect(await text(sim, trades('1000', 'CXYZ'), 'CXYZ')).toContain('HSIK9,HOUSE,sell,7');
      return first;
    };
    const seen = {
      cut: await damaged('cut'),
      rows: await damaged('rows'),
      empty: await damaged('empty'),
      bytes: await damaged('bytes'),
    };
    expect(seen.empty).toBe('');
    expect(wanted.startsWith(seen.cut)).toBe(true);
    expect(seen.cut).not.toMatch(/\r\n$|^$/);
    expect(seen.rows).toContain('rows 1\r\n');
    expect(seen.rows.split('\r\n')).toHaveLength(wanted.split('\r\n').length - 1);
    expect(seen.bytes).toHaveLength(wanted.length);
    expect(seen.bytes).not.toBe(wanted);
  },
);

test.skipIf(!hasClient('sftp'))('a report that is published again can keep its name', async () => {
  using file = day(
    [
      { at: '09:30', do: 'report.corrupt', with: { which: ['trades'], how: 'empty' } },
      { at: '10:30', do: 'report.republish', with: { which: ['trades'], for: ['CABC'] } },
    ],
    { writing: '2s', republished: 'same-name' },
  );
  await using sim = await simulator({ scenario: file.path });
  await sim.clock.advanceTo('10:30:01');
  expect(await text(sim, trades('1000'))).toBe('');
  await sim.clock.advanceTo('10:30:02');
  expect(await text(sim, trades('1000'))).toContain('HSIK9');
  expect(await inbox(sim)).toEqual([positions('1000'), trades('1000')]);
  expect(await text(sim, trades('1000', 'CXYZ'), 'CXYZ')).toBe('');
});

test.skipIf(!hasClient('sftp'))(
  'after the renewal the new key is taken and the former one refused, at once or when its time is over',
  async () => {
    using file = day([
      { at: '09:30', do: 'sftp-key.renew', with: { participant: 'CABC', keepOld: '30m' } },
      { at: '09:40', do: 'sftp-key.renew', with: { participant: 'CXYZ' } },
    ]);
    await using sim = await simulator({ scenario: file.path });
    const old = { ...sim.endpoints.files.keys };
    const works = (code: string, key: string | undefined): Promise<boolean> =>
      sftp(sim, code, folder(), 'pwd\n', key).then(
        () => true,
        () => false,
      );
    expect(await works('CABC', old['CABC'])).toBe(true);
    await sim.clock.advanceTo('09:45');
    const renewed = { ...sim.endpoints.files.keys };
    expect(renewed['CABC']).not.toBe(old['CABC']);
    expect([await works('CABC', renewed['CABC']), await works('CABC', old['CABC'])]).toEqual([true, true]);
    expect([await works('CXYZ', renewed['CXYZ']), await works('CXYZ', old['CXYZ'])]).toEqual([true, false]);
    await sim.clock.advanceTo('10:00');
    expect([await works('CABC', renewed['CABC']), await works('CABC', old['CABC'])]).toEqual([true, false]);
    expect(
      sim.journal.entries({ kind: 'sftp.login', outcome: 'refused' }).map(({ user, code }) => [user, code]),
    ).toEqual([
      ['CXYZ', 'former-key'],
      ['CABC', 'former-key'],
    ]);
    // Neither key is of any use to another participant.
    expect(await works('CABC', renewed['CXYZ'])).toBe(false);
    const told = JSON.stringify(sim.journal.entries());
    for (const path of [renewed['CABC'], old['CABC']]) {
      const body = readFileSync(path ?? '', 'utf8').split('\n')[1] ?? '?';
      expect(told).not.toContain(body);
    }
  },
);

test('what is not there cannot be released or published again, and the journal says so', async () => {
  using file = day([]);
  await using sim = await simulator({ scenario: file.path });
  await sim.inject('report.release', { which: ['trades'] });
  await sim.inject('report.republish', { which: ['trades'] });
  expect(sim.journal.entries({ kind: 'scenario.refused' }).map(({ verb, code }) => [verb, code])).toEqual([
    ['report.release', 'no-report-withheld'],
    ['report.republish', 'no-report-published'],
  ]);
});
