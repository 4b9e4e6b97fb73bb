import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { shippedDictionary } from '../../src/dictionaries.ts';
import type { DictionaryFile } from '../../src/oapi/dictionary/dictionary-file.ts';
import { openDictionary } from '../../src/oapi/dictionary/dictionary.ts';
import type { Simulator, SimulatorOptions } from '../../src/index.ts';
import { openProtocol } from '../../src/oapi/protocol.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { connect } from './client.ts';
import { click, genium, message, read } from './messages.ts';

const GATEWAYS = (dictionary: string) => ({ gateways: { oapi: { dictionary } } });

/** click with its fields renamed and moved: what a user's own headers may be like. */
function own(change: Partial<DictionaryFile> = {}): DictionaryFile {
  const base = shippedDictionary('click');
  const structs = base.structs.map((struct) =>
    struct.name === 'query_position'
      ? {
          ...struct,
          name: 'ask_pos_t',
          size: struct.size + 2,
          members: [
            'type TYPE',
            'pad u16',
            ...struct.members.slice(1).map((each) => each.replace(/^segment_number /, 'page_no_n ')),
          ],
        }
      : struct,
  );
  const messages = base.messages.map((each) => (each.type === 'CQ3' ? { ...each, struct: 'ask_pos_t' } : each));
  const meanings = { ...base.meanings, ask_pos_t: { page_no_n: 'segment_number' } };
  return { ...base, name: 'mine', structs, messages, meanings, codes: [], enumerations: [], ...change };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-dictionary-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function positions(sim: Simulator, asked: Buffer) {
  const [gateway] = sim.endpoints.oapi;
  await using client = await connect({ host: gateway?.address ?? '', port: gateway?.port ?? 0 });
  await client.login('BO_CABC801', SMALL_DAY_PASSWORD);
  return await client.query(asked);
}

const startOf = (day: { readonly path: string }, options: SimulatorOptions = {}) =>
  simulator({ scenario: day.path, at: '09:30', ...options });

test('the scenario says which dictionary the gateways speak, and the option wins', async () => {
  using day = scenarioFile(smallDay(GATEWAYS('click')));
  await using sim = await startOf(day);
  const reply = await positions(sim, message('CQ3', { segment_number: 1 }, click));
  expect(reply).toMatchObject({ completion: 0, status: click.codes.get('CL_OMN_NOINFO') });
  expect(read('CA3', reply.answer, click)).toMatchObject({ segment_number: 0 });
  expect(sim.journal.entries({ kind: 'oapi.dictionary' })).toMatchObject([
    { outcome: 'ok', dictionary: 'click', family: 'click' },
  ]);
  await using other = await startOf(day, { dictionary: 'genium' });
  expect(await positions(other, message('CQ3', { segment_number: 1 }, genium))).toMatchObject({ completion: 0 });
  expect(await positions(other, message('CQ3', { segment_number: 1 }, click))).toMatchObject({ completion: -2031 });
});

test('an own one is found by its name in the state directory, or as a file beside the scenario', async () => {
  const stateDir = folder();
  mkdirSync(join(stateDir, 'dictionaries'));
  writeFileSync(join(stateDir, 'dictionaries', 'mine.json'), JSON.stringify(own()));
  const layouts = openDictionary(own());
  const asked = message('CQ3', { page_no_n: 1 }, layouts);
  expect(asked.length).toBe(message('CQ3', {}, click).length + 2);

  using named = scenarioFile(smallDay(GATEWAYS('mine')));
  await using byName = await startOf(named, { stateDir });
  // Its codes and enumerations are the family's.
  expect(await positions(byName, asked)).toMatchObject({ completion: 0, status: click.codes.get('CL_OMN_NOINFO') });

  using placed = scenarioFile(smallDay(GATEWAYS('./layouts/mine.json')));
  mkdirSync(join(dirname(placed.path), 'layouts'));
  writeFileSync(join(dirname(placed.path), 'layouts', 'mine.json'), JSON.stringify(own()));
  await using byFile = await startOf(placed);
  expect(await positions(byFile, asked)).toMatchObject({ completion: 0 });
});

test('what a dictionary has no layout or field for is refused as unsimulated, and told at the start with the reason', async () => {
  const file = join(folder(), 'mine.json');
  const { messages, structs } = own();
  const without = own({
    messages: messages.filter((each) => each.type !== 'CD35'),
    structs: structs.map((struct) =>
      struct.name === 'ask_pos_t'
        ? { ...struct, members: struct.members.map((each) => each.replace('page_no_n', 'whatever')) }
        : struct,
    ),
    meanings: {},
  });
  writeFileSync(file, JSON.stringify(without));
  using day = scenarioFile(smallDay());
  await using sim = await startOf(day, { dictionary: file });
  expect(sim.journal.entries({ kind: 'oapi.dictionary' })).toMatchObject([
    {
      outcome: 'unsimulated',
      missing: { CD35: ['mine has no message CD35'], CQ3: ['ask_pos_t has no field for segment_number'] },
    },
  ]);
  const reply = await positions(sim, message('CQ3', {}, openDictionary(without)));
  expect(reply).toMatchObject({ completion: -17 });
  expect(sim.journal.entries({ kind: 'oapi.query' })).toMatchObject([
    { outcome: 'unsimulated', problem: 'ask_pos_t has no field for segment_number' },
  ]);
});

test('one that is not there, or is broken, stops the start with the reason', async () => {
  using day = scenarioFile(smallDay(GATEWAYS('geniun')));
  await expect(startOf(day)).rejects.toMatchObject({
    code: 'SIM_OPTION_INVALID',
    message: 'there is no dictionary geniun and no file of that name; did you mean genium?',
  });
  const file = join(folder(), 'broken.json');
  writeFileSync(file, '{"format": 1}');
  await expect(startOf(day, { dictionary: file })).rejects.toMatchObject({ code: 'SIM_DICTIONARY_INVALID' });
});

test.each([genium, click])('everything that is simulated is bound to the shipped dictionary $name', (dictionary) => {
  expect([...openProtocol(dictionary).unbound]).toEqual([]);
});
