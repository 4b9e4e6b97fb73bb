import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/journal/replay.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { wholeState } from '../clearing/histories/whole-state.ts';
import { connect } from '../oapi/client.ts';
import { message } from '../oapi/messages.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { series } from '../support/world.ts';
import { DAY, stateOf, told } from './day.ts';
import { chance, keep, stateDirectory, type KeptProcess } from './process.ts';

const side = (participant: string) => ({ participant, account: 'HOUSE' });
const BIG = { series: 'HSIK9', quantity: 5000, price: '30000', buyer: side('CABC'), seller: side('CXYZ') };

interface Step {
  readonly at?: string;
  readonly gate?: { readonly from: string };
}

const QUIET = smallDay({}, [{ id: 'deal', at: '09:05', do: 'deal.match', with: BIG }]) as { timeline: readonly Step[] };
const NORMAL = {
  ...QUIET,
  timeline: [{ id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'normal' } }, ...QUIET.timeline.slice(1)],
};

/** In the order in which a file has them; a step without a time stays behind the one before it. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  let last = '';
  const timed = steps.map((step) => ({ step, at: (last = step.at ?? step.gate?.from ?? last) }));
  return timed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ step }) => step);
}

/** Gives one contract of trade 1 up again and again until the line is dead. @returns how many were answered with done */
async function giveUps({ ready }: KeptProcess, onAnswer: (done: number) => void): Promise<number> {
  const [{ address: host, port } = { address: '', port: 0 }] = ready.oapi;
  await using client = await connect({ host, port });
  let done = 0;
  try {
    await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
    const account = { country_id: 'HK', ex_customer: 'CXYZ', account_id: '' };
    const terms = { series: seriesFields(series('HSIK9').key), account, trade_number: 1, trade_quantity: 1n };
    for (;;) {
      const { completion } = await client.tx(message('CD35', terms));
      if (completion !== 0) throw new Error(`a give-up was answered with ${completion}`);
      done += 1;
      onAnswer(done);
    }
  } catch (error) {
    if (/answered/.test(String(error))) throw error;
    return done;
  }
}

function folderIn(stateDir: string): string {
  const [name, ...others] = readdirSync(join(stateDir, 'days'));
  expect(others).toEqual([]);
  return join(stateDir, 'days', name ?? '');
}

// Goal: whatever the moment of the kill, what a client was told has happened, and has happened once.
// Method: a client gives up without a pause; the process is killed some milliseconds after a seeded number of answers;
// it goes on; three times over.
test('what a client was told before a SIGKILL is there after the restart, and the state is that of the journal', async () => {
  using file = scenarioFile(NORMAL);
  const stateDir = stateDirectory();
  const random = chance(20_190_505);
  let told = 0;
  for (let round = 0; round < 3; round++) {
    await using running = await keep(stateDir, file.path, ...(round === 0 ? ['--at', '09:30'] : ['--resume']));
    expect(running.ready.simTime).toBe('2019-05-05T09:30:00.000+08:00');
    const enough = 1 + Math.floor(random() * 40);
    let killing: Promise<void> | undefined;
    // In the middle of one that is on its way.
    told += await giveUps(running, (done) => {
      if (done !== enough) return;
      setTimeout(() => {
        killing = running.kill();
      }, random() * 3);
    });
    await killing;
  }
  expect(told).toBeGreaterThanOrEqual(3);

  await using sim = await simulator({ scenario: file.path, stateDir, resume: true });
  const answered = sim.journal.entries({ kind: 'oapi.transaction', outcome: 'ok' }).length;
  const made = sim.journal.entries({ kind: 'clearing.give-up-changed' });
  // The last one of each round may have been done without an answer.
  expect(answered).toBeGreaterThanOrEqual(told);
  expect(made.length).toBeLessThanOrEqual(told + 3);
  expect(made.map((entry) => entry['giveUp'])).toEqual(made.map((_entry, i) => i + 1));
  expect(sim.kept?.resumed).toMatchObject({ restarts: 3 });
  const scenario = await loadScenario(file.path, { scenariosDir: '' });
  if (!scenario.ok) return expect.fail();
  expect(wholeState(replay(scenario.scenario.world, sim.journal.entries(), sim.credentials))).toEqual(stateOf(sim));
  return undefined;
}, 240_000);

// Goal: a day that is cut off anywhere, and goes on, comes to the same end as one that is not.
// Method: the clock moves over the whole day at once; the process is killed after a seeded number of entries of that.
test('a day that was killed again and again ends with the state and the journal of one that was not', async () => {
  const deals = Array.from({ length: 60 }, (_, i) => ({
    id: `deal-${i}`,
    at: `09:${String(i).padStart(2, '0')}`,
    do: 'deal.match',
    with: { ...BIG, quantity: i + 1 },
  }));
  const timeline = inOrder([...(DAY as unknown as { timeline: readonly Step[] }).timeline, ...deals]);
  using file = scenarioFile({ ...DAY, timeline });
  const stateDir = stateDirectory();
  const random = chance(7);
  for (let round = 0; round < 3; round++) {
    await using running = await keep(stateDir, file.path, ...(round === 0 ? [] : ['--resume']));
    const moving = running.advance('13:00');
    await running.printed(round * 40 + random() * 40);
    await running.kill();
    await moving;
  }
  await using sim = await simulator({ scenario: file.path, stateDir, resume: true });
  await using whole = await simulator({ scenario: file.path });
  for (const each of [sim, whole]) await each.clock.advanceTo('13:00');
  expect(stateOf(sim)).toEqual(stateOf(whole));
  expect(told(sim.journal.entries())).toEqual(told(whole.journal.entries()));
  expect(sim.mails()).toEqual(whole.mails());
}, 240_000);

describe('a state directory', () => {
  test('whose last line is torn is repaired, and that is said', async () => {
    using file = scenarioFile(NORMAL);
    const stateDir = stateDirectory();
    await using first = await keep(stateDir, file.path, '--at', '09:30');
    await first.kill();
    const log = join(folderIn(stateDir), 'log.jsonl');
    const { size } = statSync(log);
    appendFileSync(log, '{"seq":99,"simTi');
    await using second = await keep(stateDir, file.path, '--resume');
    expect(second.stderr()).toContain('16 bytes of a broken end were cut off');
    expect(second.stderr()).toContain('goes on at 2019-05-05 09:30:00');
    await second.kill();
    expect(readFileSync(log, 'utf8').slice(size)).not.toContain('"seq":99');
    // A second time, and nothing was broken.
    await using third = await keep(stateDir, file.path, '--resume');
    expect(third.stderr()).not.toContain('cut off');
  }, 60_000);

  test('has passwords in a file that only its owner reads, and nowhere else', async () => {
    using file = scenarioFile(DAY);
    const stateDir = stateDirectory();
    await using first = await keep(stateDir, file.path, '--at', '10:00');
    const users = JSON.parse(readFileSync(first.ready.files.users, 'utf8')) as { user: string; password: string }[];
    const reset = users.find(({ user }) => user === 'BU_CXYZ102')?.password ?? '';
    await first.kill();
    const folder = folderIn(stateDir);
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8')).not.toContain(reset);
    expect(readFileSync(join(folder, 'secrets.jsonl'), 'utf8')).toContain(reset);
    expect(statSync(join(folder, 'secrets.jsonl')).mode & 0o777).toBe(0o600);
    await using sim = await simulator({ scenario: file.path, stateDir, resume: true });
    const again = JSON.parse(readFileSync(sim.endpoints.files.users, 'utf8')) as typeof users;
    expect(again).toEqual(users);
  }, 60_000);

  test('of another scenario, seed or parameter is refused with words', async () => {
    using file = scenarioFile(NORMAL);
    using changed = scenarioFile(QUIET);
    const stateDir = stateDirectory();
    await expect(keep(stateDir, file.path, '--resume')).rejects.toThrow('there is no day to go on with');
    await using first = await keep(stateDir, file.path);
    await expect(keep(stateDir, file.path, '--resume')).rejects.toThrow('its simulator still runs (process ');
    await first.kill();
    await expect(keep(stateDir, 'verification-day', '--resume')).rejects.toThrow(
      'it is of the scenario "small-day", not "verification-day"; without --resume a new one begins',
    );
    await expect(keep(stateDir, file.path, '--resume', '--seed', '9')).rejects.toThrow('its seed is ');
    await expect(keep(stateDir, changed.path, '--resume')).rejects.toThrow('are not those that it began with');
    await expect(keep(stateDir, file.path, '--resume', '--from', '10:00')).rejects.toThrow('it takes no --from');
    const log = join(folderIn(stateDir), 'log.jsonl');
    const text = readFileSync(log, 'utf8');
    truncateSync(log);
    appendFileSync(log, text.replace('"kind":"oapi.dictionary"', '"kind":oapi.dictionary"'));
    await expect(keep(stateDir, file.path, '--resume')).rejects.toThrow('line 2 of ');
  }, 240_000);

  test('with a day that was cut off begins a new one where nobody asks for it, and says so', async () => {
    using file = scenarioFile(NORMAL);
    const stateDir = stateDirectory();
    await using first = await keep(stateDir, file.path, '--at', '09:30');
    await first.kill();
    await using second = await keep(stateDir, file.path);
    expect(second.ready.simTime).toBe('2019-05-05T08:30:00.000+08:00');
    expect(second.stderr()).toContain('a day of small-day was cut off at 2019-05-05 09:30:00; this is a new one');
  }, 60_000);
});
