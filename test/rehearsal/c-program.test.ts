import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cHeader } from '../../src/cli/print-c.ts';
import { shippedDictionary } from '../../src/dictionaries.ts';
import { openDictionary } from '../../src/oapi/dictionary/dictionary.ts';
import { compileExample, valgrind } from '../oapi-c/probe.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';
import { Program } from './program.ts';

const genium = openDictionary(shippedDictionary('genium'));

/** The C program, with what it says line by line. */
function start([command = '', ...args]: readonly string[]) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, UBSAN_OPTIONS: 'halt_on_error=1', TSAN_OPTIONS: 'halt_on_error=1' },
  });
  const said: string[] = [];
  let more = (): void => undefined;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines);
    more();
  });
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')));
  return {
    child,
    said,
    ended,
    trouble: () => trouble,
    /** Resolves when it has said so. */
    async says(line: string): Promise<void> {
      while (!said.includes(line)) {
        const came = new Promise<'came'>((resolve) => (more = () => resolve('came')));
        const what = await Promise.race([came, ended]);
        if (what !== 'came') throw new Error(`it ended before "${line}": ${said.join('\n')}\n${trouble}`);
      }
    },
  };
}

// Whatever one of these finds ends the program with a code of its own.
const WATCHED = [
  { by: 'the checks of addresses and behaviour', flags: ['-fsanitize=address,undefined'], isHere: true },
  { by: 'the checks of threads', flags: ['-fsanitize=thread'], isHere: true },
  { by: 'valgrind', flags: ['-O1'], isHere: hasClient('valgrind') },
] as const;

describe.each(WATCHED)('watched by $by', ({ by, flags, isHere }) => {
  test.skipIf(!hasClient('gcc') || !isHere)(
    'the C example plays its side of the rehearsal, and carries on at the second gateway when the first is killed',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-backoffice-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      writeFileSync(join(folder, 'messages.h'), cHeader(genium, []));
      const path = compileExample('backoffice', `-I${folder}`, ...flags);

      await using sim = await simulator({ scenario: 'certification-rehearsal', at: '09:00' });
      const cxyz = new Program(sim, genium, 'BO_CXYZ801', 'Backoffice+801');
      await cxyz.logIn(2);
      const addresses = sim.endpoints.oapi.flatMap(({ address, port }) => [address, String(port)]);
      const args = [...addresses, 'BO_CABC801', 'Backoffice#801'];
      const cabc = start(by === 'valgrind' ? [...valgrind(), path, ...args] : [path, ...args]);
      await cabc.says('CC14 denied automatic exercise');

      await sim.clock.advanceTo('09:20');
      await cabc.says('CD5 moved a trade out of the transitory account');
      await sim.clock.advanceTo('09:25');
      await cabc.says('CD28 rectified a trade');
      await sim.clock.advanceTo('09:30');
      await cabc.says('CC40 cancelled a give-up');
      const account = (id: string) => ({ country_id: 'HK', ex_customer: 'CXYZ', account_id: id });
      const offered = (await cxyz.listen('BD29')).filter(({ fields }) => fields['state'] === 1);
      for (const { fields } of offered) {
        const of = { series: fields['series'], give_up_number: fields['give_up_number'] };
        const item = [
          { account: account('OMNI1'), trade_quantity: 1 },
          { account: account('C0077001'), trade_quantity: 3 },
        ];
        if (fields['trade_quantity'] === 4) await cxyz.transact('CC38', { ...of, item });
        if (fields['trade_quantity'] === 3) await cxyz.transact('CC40', of);
      }
      await cabc.says('CQ61 lists the give-ups');

      // It sleeps while the gateway dies and a trade is matched: that is missed for sure.
      cabc.child.kill('SIGSTOP');
      await sim.clock.advanceTo('11:01');
      cabc.child.kill('SIGCONT');
      await cabc.says('logged out');
      expect([...(await cabc.ended), cabc.trouble()]).toEqual([0, null, '']);
      expect(cabc.said.indexOf('the line is dead: on to the second gateway')).toBeGreaterThan(0);
      expect(cabc.said.slice(cabc.said.indexOf('the line is dead: on to the second gateway'))).toContainEqual(
        expect.stringMatching(/^trade \d+: 2 at 27670$/),
      );

      await cxyz.download('CQ3');
      await cxyz.logOut();
      await sim.clock.advanceTo('12:30');
      expect(sim.expectations().filter(({ status }) => status !== 'met')).toEqual([]);
    },
    60_000,
  );
});
