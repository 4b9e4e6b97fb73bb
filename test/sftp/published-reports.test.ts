import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasClient } from '../support/real-clients.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';
import { folder, sftp } from './of-simulator.ts';

// Monday: a deal, its day end at 23:30, and the roll at 02:00.
const DAY = {
  ...smallDay(
    {
      reports: { schedule: 'standard', writing: '2s' },
      prices: [{ of: 'HSI', price: '29500' }],
      gateways: { sftp: { keepDays: 2 } },
    },
    [
      {
        at: '10:00',
        do: 'deal.match',
        with: {
          series: 'HSIK9',
          quantity: 700,
          price: '29500',
          buyer: { participant: 'CABC', account: 'OMNI1', info: '=A1,"x"' },
          seller: { participant: 'CXYZ', account: 'HOUSE' },
        },
      },
    ],
  ),
  day: { date: '2019-05-06', start: '08:30' },
};
const TIMELINE = (DAY as unknown as { timeline: object[] }).timeline;
const WHOLE = {
  ...DAY,
  timeline: [...TIMELINE, { at: '23:30', do: 'day.end' }, { at: '+1d 02:00', do: 'day.roll' }],
};

test.skipIf(!hasClient('sftp'))(
  'a participant downloads what the clock has published, own and common, from the cutoff to the final margin file',
  async () => {
    using file = scenarioFile(WHOLE);
    await using sim = await simulator({ scenario: file.path });
    await sim.clock.advanceTo('+1d 01:00');
    const own = folder();
    await sftp(sim, 'CABC', own, 'get -r /INBOX/20190506\nget -r /COMMON\n');
    const inbox = readdirSync(join(own, '20190506'));
    expect(inbox.filter((name) => name.includes('_1845'))).toHaveLength(10);
    expect(inbox.filter((name) => name.includes('_2330'))).toHaveLength(12);
    expect(inbox.filter((name) => !/^[A-Z]+_CABC_20190506_(1845|2330)\.(csv|txt|lis)$/.test(name))).toEqual([]);
    expect(readdirSync(join(own, 'COMMON', '20190506')).toSorted()).toEqual([
      'BUSINESSDATES_COMMON_20190506_1845.csv',
      'BUSINESSDATES_COMMON_20190506_2330.csv',
      'rpi______-_____-__-_____-190506-0900.lis',
      'rpi______-_____-__-_____-190506-1300.lis',
      'rpp______-_____-__-_____-190506.lis',
    ]);
    // The final one is made at midnight: it lies in the folder of the next day.
    expect(readdirSync(join(own, 'COMMON', '20190507'))).toEqual(['rpf______-_____-__-_____-190506.lis']);

    const text = (name: string): string => readFileSync(join(own, '20190506', name), 'latin1');
    expect(text('TRADES_CABC_20190506_1845.csv').split('\r\n').slice(2)).toEqual([
      `1,1,HSIK9,OMNI1,buy,700,700,29500,standard,active,"'=A1,""x""",2019-05-06T10:00:00.000+08:00,2019-05-06,default,1,,,none,2019-05-06T10:00:00.000+08:00,2019-05-06T10:00:00.000+08:00`,
      '',
    ]);
    expect(text('LARGEOPENPOSITIONS_CABC_20190506_2330.txt')).toBe(
      [
        "SIMULATED REPORT, layout of dcass-sim, not HKEX's.",
        'LARGE OPEN POSITIONS of CABC CABC Clearing Limited',
        'Business date 2019-05-06   made 2019-05-06 23:30:00   page 1 of 1',
        '',
        'Account     Series          House          Held       Written        From',
        '----------  --------------  -----  ------------  ------------  ----------',
        'OMNI1       HSIK9           HKCC            700             0         500',
        'Total                                       700             0',
        '',
        'Rows: 1',
        '',
      ].join('\r\n'),
    );
    expect(text('DELIVERIES_CABC_20190506_2330.csv')).toContain('# no rows\r\n');
  },
);

test.skipIf(!hasClient('sftp'))(
  'a report lies under a temporary name for as long as it is being written, and goes when its days are over',
  async () => {
    using file = scenarioFile(WHOLE);
    await using sim = await simulator({ scenario: file.path });
    const list = (path: string) => sftp(sim, 'CABC', folder(), `ls -1 ${path}\n`);
    await sim.clock.advanceTo('09:00:01');
    expect(await list('/COMMON/20190506')).toContain('rpi______-_____-__-_____-190506-0900.lis.tmp\n');
    await sim.clock.advanceTo('09:00:02');
    expect(await list('/COMMON/20190506')).toContain('rpi______-_____-__-_____-190506-0900.lis\n');
    await sim.clock.advanceTo('+1d 08:00');
    expect(await list('/COMMON')).toContain('/COMMON/20190506');
    await sim.clock.advanceTo('+2d 08:00');
    expect(await list('/COMMON')).not.toContain('/COMMON/20190506');
  },
);

test.skipIf(!hasClient('sftp'))('two days that are the same have the same bytes on the report server', async () => {
  const download = async (): Promise<Readonly<Record<string, string>>> => {
    using file = scenarioFile(WHOLE);
    await using sim = await simulator({ scenario: file.path, seed: 7 });
    await sim.clock.advanceTo('+1d 08:00');
    const own = folder();
    await sftp(sim, 'CXYZ', own, 'get -r /INBOX\nget -r /COMMON\n');
    const names = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(csv|txt|lis)$/.test(name),
    );
    return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(own, name), 'latin1')]));
  };
  const first = await download();
  expect(Object.keys(first)).toHaveLength(28);
  expect(await download()).toEqual(first);
});
