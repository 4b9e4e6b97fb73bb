import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ready } from '../../src/index.ts';
import { hasClient } from '../support/real-clients.ts';
import { deskOf, type Desk, type Going } from './run-sealed.ts';
import { named, ORDINARY, ROOT, whyNotSealed } from './sealable.ts';

// A sealed run starts Node twice, and some tests make several runs.
vi.setConfig({ testTimeout: 180_000 });

/** A sealed run whose command waits for a line. */
async function waitingRun(desk: Desk, ...flags: readonly string[]): Promise<Going> {
  const command = ['sh', '-c', 'printf %s "$DCASS_READY_JSON" > ready.json; echo ready; read line'];
  const going = desk.start(['run', 'verification-day', '--sealed', '--at', '09:00', ...flags, '--', ...command]);
  await going.says('ready');
  return going;
}

async function end(going: Going): Promise<void> {
  going.stdin.end('go\n');
  expect((await going.ended).code).toBe(0);
}

describe.each([ORDINARY, ROOT].map((caller) => [named(caller), caller] as const))('%s', (_name, caller) => {
  const isRefused = whyNotSealed(caller) !== undefined;
  let desk: Desk;
  beforeAll(() => {
    if (!isRefused) desk = deskOf(caller);
  });
  afterAll(() => desk?.[Symbol.dispose]());

  test.skipIf(isRefused || !hasClient('curl'))('from outside the clock is moved and the journal read', async () => {
    await using going = await waitingRun(desk);
    const moved = await desk.run(['clock', 'advance', '09:30']);
    expect(moved.code, moved.stderr).toBe(0);
    expect(moved.stdout).toMatch(/^2019-05-05 09:30:00 HKT, paused/);
    const journal = await desk.run(['journal', '--json', 'kind=simulator.ready']);
    expect(journal.stdout, journal.stderr).toContain('"plan":"production"');

    // The same by any HTTP client; the file is for its owner alone.
    const { control } = JSON.parse(readFileSync(join(desk.folder, 'ready.json'), 'utf8')) as Ready;
    const socket = control.socket ?? '';
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    const answer = execFileSync('curl', ['-sS', '--unix-socket', socket, `${control.url}/readyz`], {
      encoding: 'utf8',
    });
    expect(answer).toBe('{"status":"ready"}');
    await end(going);
  });

  test.skipIf(isRefused)(
    'exec goes in: the same addresses, the caller’s own uid and folder, exit codes and signals',
    async () => {
      await using going = await waitingRun(desk);
      const asked = await desk.run(
        [
          'exec',
          '--',
          'sh',
          '-c',
          'id -u; pwd; ip route | wc -l; cat; curl -sSf -o /dev/null -w "%{remote_ip}\\n" ${DCASS_ONLINE_URLS%%,*}/login; exit 7',
        ],
        { stdin: 'in\n' },
      );
      expect({ code: asked.code, stdout: asked.stdout }, asked.stderr).toEqual({
        code: 7,
        stdout: `${caller.uid}\n${desk.folder}\n0\nin\n10.151.14.155\n`,
      });
      expect((await desk.run(['exec', '--', 'no-such-command'])).code).toBe(127);
      expect((await desk.run(['exec', '--', 'sh', '-c', 'kill -KILL $$'])).code).toBe(137);

      await using trapped = desk.start([
        'exec',
        '--',
        'bash',
        '-c',
        'trap "exit 15" TERM; echo trapped; while :; do read -t 60 line; done',
      ]);
      await trapped.says('trapped');
      trapped.kill('SIGTERM');
      expect((await trapped.ended).code).toBe(15);

      // An OAPI client asks inside; outside it would go to the address of the real gateway, so it does not ask.
      const oapi = ['oapi', '--user', 'BO_CABC801', 'query', 'CQ3'];
      const refused = await desk.run(oapi);
      expect({ code: refused.code, stderr: refused.stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining('the running simulator is sealed; go in with "dcass-sim exec') as string,
      });
      await end(going);
      expect((await desk.run(['exec', '--', 'true'])).stderr).toContain('no sealed run of this user is going on');
    },
  );

  test.skipIf(isRefused)('of two sealed runs one is chosen: by its process number, or by its socket', async () => {
    await using one = await waitingRun(desk);
    await using two = await waitingRun(desk, '--at', '10:00');
    const which = await desk.run(['exec', '--', 'true']);
    expect({ code: which.code, stderr: which.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/several sealed runs are going on; choose one with --pid: \d+, \d+/) as string,
    });
    const pids = /--pid: (\d+), (\d+)/.exec(which.stderr)?.slice(1) ?? [];
    expect(pids.map(Number).toSorted((a, b) => a - b)).toEqual([one.pid, two.pid].toSorted((a, b) => a - b));
    const clock = [
      'sh',
      '-c',
      'curl -sS -H "Authorization: Bearer $DCASS_CONTROL_TOKEN" "$DCASS_CONTROL_URL/v1/clock"',
    ];
    expect((await desk.run(['exec', '--pid', String(two.pid), '--', ...clock])).stdout).toContain('T10:00:00');
    expect((await desk.run(['exec', '--pid', '1', '--', 'true'])).stderr).toContain(
      'no sealed run has the process number 1',
    );

    const several = await desk.run(['clock']);
    const places = several.stderr.match(/unix:\S+\.sock/g) ?? [];
    expect(places).toHaveLength(2);
    const times: string[] = [];
    for (const place of places) times.push((await desk.run(['clock', '--control', place])).stdout.slice(11, 16));
    expect(times.toSorted()).toEqual(['09:00', '10:00']);
    await end(one);
    await end(two);
  });

  test.skipIf(isRefused)('a state directory that is too deep for a socket’s address works as well', async () => {
    const deep = join(desk.folder, 'state', 'd'.repeat(120));
    await using going = await waitingRun(desk, '--state-dir', deep);
    const clock = await desk.run(['clock', '--state-dir', deep]);
    expect(clock.stdout, clock.stderr).toContain('09:00:00 HKT');
    await end(going);
  });
});
