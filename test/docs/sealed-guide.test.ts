import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { deskOf } from '../sealed/run-sealed.ts';
import { named, ORDINARY, whyNotSealed } from '../sealed/sealable.ts';
import { hasClient } from '../support/real-clients.ts';

const GUIDE = readFileSync(new URL('../../docs/guides/sealed.md', import.meta.url), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

test.skipIf(whyNotSealed(ORDINARY) !== undefined || !hasClient('curl'))(
  `the guide’s commands do what it says, ${named(ORDINARY)}`,
  async () => {
    using desk = deskOf(ORDINARY);
    const type = async (mark: string): Promise<string> => {
      const program = `'${process.execPath}' '${join(desk.packageFolder, 'bin/dcass-sim.mjs')}' `;
      const text = shown(mark).replace(/^dcass-sim /gm, program);
      const [first, ...rest] = ORDINARY.as(['bash', '-euc', text]);
      const env = { PATH: '/usr/bin:/bin', HOME: desk.folder, DCASS_SIM_STATE_DIR: join(desk.folder, 'state') };
      return (await promisify(execFile)(first, rest, { cwd: desk.folder, env })).stdout;
    };
    expect(await type('run: sealed')).toContain('name="password"');

    await using going = desk.start([
      ...'run verification-day --sealed --at 09:00 -- sh -c'.split(' '),
      'curl -s -d username=BU_CABC101 -d password=Harbour%23101 -o /dev/null https://pgencdw001.hkex.com.hk:8082/login; echo ready; read line',
    ]);
    await going.says('ready');
    const outside = await type('run: outside');
    expect(outside).toContain('2019-05-05 12:00:00 HKT');
    expect(outside).toContain('BU_CABC101');
  },
  120_000,
);
