import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { run, type Finished } from '../cli/command.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay } from '../support/simulator.ts';

const execute = promisify(execFile);

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The OAPI client of the command line, as a participant's program, with files of passwords. */
function program(user: string): (at: Endpoint | undefined, password: string, ...words: string[]) => Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-fallback-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return (at, password, ...words) => {
    const file = join(folder, 'password');
    writeFileSync(file, password);
    return run(['oapi', '--user', user, '--password-file', file, '--address', `${at?.address}:${at?.port}`, ...words]);
  };
}

const HSIK9 = [
  'series.country=7',
  'series.market=1',
  'series.instrument_group=4',
  'series.commodity=4001',
  'series.expiration_date=15550',
];
const giveUp = (trade: number): readonly string[] => {
  const terms = `trade_number=${trade} trade_quantity=4 give_up_text=AGREED account.country_id=HK account.ex_customer=CXYZ`;
  return ['transact', 'CD35', ...terms.split(' '), ...HSIK9];
};
const DEAL = {
  series: 'HSIK9',
  quantity: 2,
  price: '29000',
  buyer: { participant: 'CABC', account: 'HOUSE' },
  seller: { participant: 'CXYZ', account: 'HOUSE' },
};
const NEW_PASSWORD = 'Springtime#802';

async function connectServer({ address, port }: Endpoint, line: string): Promise<string> {
  const script = `exec 3<>/dev/tcp/${address}/${port}; printf '%s\\r\\n' "$0" >&3; cat <&3`;
  return (await execute('bash', ['--norc', '-c', script, line])).stdout;
}

describe('a fallback to the old platform', () => {
  test('brings the passwords of 3 May back, takes a give-up away, and matches it when it is re-input with the old layouts', async () => {
    await using sim = await simulator({ scenario: 'fallback', at: '10:00' });
    const { oapi, oldPlatform } = sim.endpoints;
    const cabc = program('BO_CABC801');
    // Tuesday, on the upgraded platform.
    const given = await cabc(oapi[0], 'Backoffice#801', ...giveUp(1));
    expect([given.code, given.stdout]).toEqual([0, expect.stringContaining('transact CD35: 0 done')]);
    const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-fallback-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'new'), NEW_PASSWORD);
    expect((await cabc(oapi[0], 'Backoffice#801', '--new-password-file', join(folder, 'new'), 'login')).code).toBe(0);
    const early = await cabc(oldPlatform?.networkGateway, 'Backoffice#801', '--dictionary', 'click', 'login');
    expect([early.code, early.stdout]).toEqual([1, 'login: -11 the gateway has no back end\n']);

    // Wednesday, 10:00: HKEX falls back; at 11:00 the old platform takes logins.
    await sim.clock.advanceTo('+1d 10:30');
    using curl = curlAt(sim);
    await expect(curl.get('/login')).rejects.toThrow('(7)');
    expect((await cabc(oapi[0], NEW_PASSWORD, 'login')).code).toBe(3);
    expect(
      (await cabc(oldPlatform?.networkGateway, 'Backoffice#801', '--dictionary', 'click', 'login')).stdout,
    ).toContain('-11');
    await sim.clock.advanceTo('+1d 11:00');
    const ng = (...words: string[]): Promise<Finished> =>
      cabc(oldPlatform?.networkGateway, 'Backoffice#801', '--dictionary', 'click', ...words);
    expect((await cabc(oldPlatform?.networkGateway, NEW_PASSWORD, '--dictionary', 'click', 'login')).stdout).toContain(
      '-2024',
    );
    expect((await ng('login')).code).toBe(0);

    expect(sim.fallback()?.reInput).toMatchObject([
      {
        item: 1,
        participant: 'CABC',
        user: 'BO_CABC801',
        functionName: 'Give-up',
        doneAt: '2019-05-07T10:00:00.000+08:00',
        matchedAt: undefined,
      },
      { item: 2, participant: 'CXYZ', functionName: 'Trade rectification', matchedAt: undefined },
    ]);
    expect(sim.state().participants.map(({ code, trades }) => [code, trades])).toEqual([
      ['CABC', 3],
      ['CXYZ', 3],
    ]);
    expect(sim.fallback()?.differences).toContainEqual({
      participant: 'CABC',
      what: 'give-up',
      which: '1',
      upgraded: '1: 4 HSIK9 from CABC to CXYZ, lapsed',
      old: undefined,
    });

    const again = await ng(...giveUp(1));
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('transact CD35: 0 done')]);
    expect(sim.fallback()?.reInput).toMatchObject([
      { item: 1, matchedAt: '2019-05-08T11:00:00.000+08:00' },
      { item: 2, matchedAt: undefined },
    ]);
    await sim.inject('trade.rectify', { participant: 'CXYZ', trade: 3, parts: [{ account: 'HOUSE', quantity: 6 }] });
    await sim.inject('report.publish', { which: ['trades'], for: 'all' });
    expect(sim.journal.entries({ kind: 'scenario.refused' })).toMatchObject([
      { verb: 'report.publish', code: 'fallen-back' },
    ]);
    await sim.clock.advanceTo('+1d 18:45');
    expect(Object.fromEntries(sim.expectations().map(({ id, status }) => [id, status]))).toEqual({
      'cabc-re-inputs': 'met',
      'cxyz-re-inputs': 'met',
      'cabc-program-is-back': 'met',
      'network-gateway-on': 'met',
      'passwords-unchanged': 'missed',
      'servers-disabled': 'met',
    });
  });

  test('finds a Network Gateway that was powered off, and a DCASS Server that connects before it, but not after', async () => {
    await using sim = await simulator({ scenario: 'fallback', at: '10:00' });
    const { dcassServer } = sim.endpoints.oldPlatform ?? expect.fail('there is no old platform');
    expect(await connectServer(dcassServer, 'SERVICE "CW1 WatchDog" PARTICIPANT CABC')).toContain('SUSPENDED');
    await sim.inject('gateway.stop', { which: ['ng-1'] });
    await sim.clock.advanceTo('+1d 11:00');
    expect(await connectServer(dcassServer, 'SERVICE "CW1 Server 1" PARTICIPANT CABC')).toContain('CONNECTED CABC');
    expect(await connectServer(dcassServer, 'HELLO')).toContain(
      'INVALID: say SERVICE "CW1 Server 1" or "CW1 WatchDog"',
    );
    expect(
      sim.journal.entries({ kind: 'platform.finding' }).map(({ item, participant }) => [item, participant]),
    ).toEqual([
      [22, 'CABC'],
      [18, undefined],
    ]);
    expect(
      sim
        .expectations()
        .filter(({ status }) => status === 'missed')
        .map(({ id }) => id),
    ).toEqual(['network-gateway-on', 'servers-disabled']);
  });

  test('without the deals of the trading system leaves the old platform with its book of before', async () => {
    using day = scenarioFile(
      smallDay({ platforms: { geniumInet: { deals: 'lost' } } }, [
        {
          at: '09:10',
          do: 'deal.match',
          with: DEAL,
        },
      ]),
    );
    await using sim = await simulator({ scenario: day.path, at: '09:30' });
    const trades = (): readonly number[] => sim.state().participants.map((each) => each.trades);
    expect(trades()).toEqual([1, 1]);
    await sim.inject('platform.fallback');
    expect(trades()).toEqual([0, 0]);
    await sim.inject('platform.fallback');
    expect(sim.journal.entries({ kind: 'scenario.refused' })).toMatchObject([
      { verb: 'platform.fallback', code: 'fallen-back' },
    ]);
  });

  test('goes back to what was saved: what was done before is there, with its numbers, and is not to be re-input', async () => {
    using day = scenarioFile({
      ...smallDay({ platforms: { geniumInet: {} } }),
      day: { date: '2019-05-07', start: '08:30', end: '13:00' },
      timeline: [
        { at: '09:00', do: 'session.open', with: { mode: 'normal' } },
        { at: '09:10', do: 'deal.match', with: DEAL },
        { at: '09:20', do: 'give-up.request', with: { participant: 'CABC', trade: 1, to: 'CXYZ', quantity: 1 } },
        { at: '09:30', do: 'session.close' },
        { at: '09:35', do: 'platform.save' },
        { at: '09:40', do: 'session.open', with: { mode: 'normal' } },
        { at: '09:50', do: 'deal.match', with: DEAL },
        { at: '10:00', do: 'give-up.request', with: { participant: 'CABC', trade: 3, to: 'CXYZ', quantity: 2 } },
      ],
    });
    await using sim = await simulator({ scenario: day.path, at: '10:10' });
    await sim.inject('platform.fallback');
    expect(sim.fallback()?.reInput).toMatchObject([
      { item: 1, participant: 'CABC', doneAt: '2019-05-07T10:00:00.000+08:00' },
    ]);
    expect(sim.fallback()?.differences.filter(({ what }) => what === 'give-up')).toEqual([
      expect.objectContaining({ participant: 'CABC', which: '2', old: undefined }),
      expect.objectContaining({ participant: 'CXYZ', which: '2', old: undefined }),
    ]);
    await sim.inject('give-up.take-up', { participant: 'CXYZ', giveUp: 1, parts: [{ account: 'HOUSE', quantity: 1 }] });
    await sim.inject('platform.save');
    expect(sim.journal.entries({ kind: 'scenario.refused' })).toMatchObject([
      { verb: 'platform.save', code: 'fallen-back' },
    ]);
  });

  test('needs an old platform', async () => {
    await using sim: Simulator = await simulator();
    expect([sim.endpoints.oldPlatform, sim.fallback()]).toEqual([undefined, undefined]);
    await expect(sim.inject('platform.save')).rejects.toThrow('there is no platform to save for');
    await expect(sim.inject('platform.fallback')).rejects.toThrow(
      'there is no platform to fall back to; write under world: platforms: { geniumInet: {} }',
    );
  });
});
