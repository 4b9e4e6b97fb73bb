import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { shippedDictionary } from '../../src/dictionaries.ts';
import type { DictionaryFile } from '../../src/oapi/dictionary/dictionary-file.ts';
import { openDictionary, type Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { Instant } from '../../src/time/instant.ts';
import { Place } from '../clearing/histories/place.ts';
import type { Simulator } from '../../src/index.ts';
import { simulator } from '../support/simulator.ts';
import { playRehearsal } from './play.ts';

/** click with another name for every field: 20-byte accounts, 32-bit quantities, and nothing that is called as it was. */
function renamed(): DictionaryFile {
  const base = shippedDictionary('click');
  const meanings: Record<string, string> = {};
  const structs = base.structs.map((struct) => ({
    ...struct,
    members: struct.members.map((member) => {
      const [name, rest] = [member.slice(0, member.indexOf(' ')), member.slice(member.indexOf(' '))];
      const other = `f_${[...name].toReversed().join('')}`;
      meanings[other] = name;
      return `${other}${rest}`;
    }),
  }));
  return { ...base, name: 'renamed', title: 'A vendor of its own', structs, meanings: { '*': meanings } };
}

function dictionaryFile(file: DictionaryFile): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-rehearsal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'renamed.json');
  writeFileSync(path, JSON.stringify(file));
  return path;
}

const CHOICES: readonly (readonly [string, () => { readonly option: string; readonly dictionary: Dictionary }])[] = [
  ['genium', () => ({ option: 'genium', dictionary: openDictionary(shippedDictionary('genium')) })],
  ['click', () => ({ option: 'click', dictionary: openDictionary(shippedDictionary('click')) })],
  [
    'a dictionary with every field renamed',
    () => {
      const file = renamed();
      return { option: dictionaryFile(file), dictionary: openDictionary(file) };
    },
  ],
];

test.each(CHOICES)(
  'the rehearsal passes in %s, through both gateways, with the first one killed',
  async (_name, choose) => {
    const { option, dictionary } = choose();
    await using sim = await simulator({ scenario: 'certification-rehearsal', dictionary: option, at: '09:00' });
    await playRehearsal(sim, dictionary);

    await sim.clock.advanceTo('12:30');
    const results = sim.expectations();
    expect(results.filter(({ status }) => status !== 'met')).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
    expect(bookOf(sim)).toEqual([
      ['CABC', 'OMNI1', 'HSIK9', 12, 0],
      ['CABC', 'C0012345', 'HSIM9', 4, 0],
      ['CXYZ', 'C0077001', 'HSIK9', 3, 0],
    ]);
  },
);

/** What the rehearsal should have made of the books, by the model itself. */
function bookOf(sim: Simulator): unknown {
  const { whole } = new Place(sim.snapshot(), 0 as Instant);
  const places = [
    ['CABC', 'OMNI1', 'HSIK9'],
    ['CABC', 'C0012345', 'HSIM9'],
    ['CXYZ', 'C0077001', 'HSIK9'],
  ] as const;
  return places.map(([participant, account, series]) => {
    const all = [...(whole.books.get(participant as CustomerCode)?.positions.values() ?? [])];
    const found = all.find((each) => each.account === account && each.series === series);
    return [participant, account, series, found?.held, found?.written];
  });
}
