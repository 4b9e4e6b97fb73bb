import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasClient } from '../support/real-clients.ts';
import { CTRL_C, deskOf, type Desk, type Going } from './run-sealed.ts';
import { named, ORDINARY, ROOT, whyNotSealed } from './sealable.ts';

// A sealed run starts Node twice, and some tests make several runs.
vi.setConfig({ testTimeout: 180_000 });

const RUN = ['run', 'verification-day', '--sealed', '--at', '09:00'] as const;
const SH = [...RUN, '--', 'sh', '-c'] as const;
const BASH = [...RUN, '--', 'bash', '-c'] as const;

describe.each([ORDINARY, ROOT].map((caller) => [named(caller), caller] as const))('%s', (_name, caller) => {
  const isRefused = whyNotSealed(caller) !== undefined;
  let desk: Desk;
  beforeAll(() => {
    if (!isRefused) desk = deskOf(caller);
  });
  afterAll(() => desk?.[Symbol.dispose]());

  test.skipIf(isRefused)('inside there is no way out, and the caller is who it was', async () => {
    const { code, stdout, stderr } = await desk.run(
      [
        ...SH,
        [
          'id -u',
          'ip route | wc -l',
          'ip -o link | wc -l',
          // At once: whoever had a way would wait for an answer of these addresses, which nobody has.
          'for to in 192.0.2.1 10.151.9.9 10.151.14.154; do curl -sS -m 5 -w "%{errormsg}\\n" http://$to:8082/; done 2>/dev/null',
          'curl -sS -m 5 http://other.hkex.com.hk/ 2>/dev/null; echo $?',
          'env | grep -ci proxy',
          'cat; echo written > file; echo error >&2',
        ].join('; '),
      ],
      { stdin: 'what came in\n', env: { http_proxy: 'http://192.0.2.1:3128', HTTPS_PROXY: 'http://192.0.2.1:3128' } },
    );
    expect(code, stderr).toBe(0);
    expect(stdout.split('\n')).toEqual([
      String(caller.uid),
      '0',
      '1',
      ...[192, 10, 10].map(() => expect.stringMatching(/after \d{1,2} ms/) as string),
      // No such name.
      '6',
      '0',
      'what came in',
      '',
    ]);
    expect(stderr).toContain('error\n');
    const { uid, gid } = statSync(join(desk.folder, 'file'));
    expect([uid, gid]).toEqual([caller.uid, caller.uid]);
    expect(desk.left()).toEqual([]);
  });

  test.skipIf(isRefused)('exit codes are the command’s own', async () => {
    const codes = await inTurn(
      [['sh', '-c', 'exit 7'], ['sh', '-c', 'kill -KILL $$'], ['no-such-command'], ['sh', '-c', 'exit 0']],
      async (command) => (await desk.sealed(...command)).code,
    );
    expect(codes).toEqual([7, 137, 127, 0]);
    const late = await desk.run([...RUN, '--timeout', '1s', '--', 'sleep', '60']);
    expect(late.code, late.stderr).toBe(4);
  });

  test.skipIf(isRefused)('TERM, INT and HUP reach the command, which chooses the exit code', async () => {
    const codes = await inTurn(['SIGTERM', 'SIGINT', 'SIGHUP'] as const, async (signal) => {
      await using going = desk.start([
        ...BASH,
        'trap "exit 15" TERM; trap "exit 17" INT; trap "exit 16" HUP; echo trapped; while :; do read -t 60 line; done',
      ]);
      await going.says('trapped');
      going.kill(signal);
      return (await going.ended).code;
    });
    expect(codes).toEqual([15, 17, 16]);
    expect(desk.left()).toEqual([]);
  });

  test.skipIf(isRefused || !hasClient('python3'))(
    'Ctrl-C at a terminal reaches the command once, and it chooses the exit code',
    async () => {
      const command =
        'trap "echo INT; exit 17" INT; test -t 0 && echo at a terminal; echo ready; while :; do sleep 0.1; done';
      using terminal = deskOf({ ...caller, as: (line) => caller.as(['/usr/bin/python3', '-c', CTRL_C, ...line]) });
      const { code, stdout } = await terminal.run([...BASH, command]);
      expect(code, stdout).toBe(17);
      expect(stdout).toContain('at a terminal');
      expect(stdout.match(/INT\r/g)).toHaveLength(1);
    },
  );

  test.skipIf(isRefused)(
    'whoever kills the launcher ends everything: no process, no mount, and a folder that the next start removes',
    async () => {
      await using going = desk.start([...BASH, 'sleep 3601 & echo started; sleep 3600']);
      await going.says('started');
      const [inside = ''] = desk.left();
      const members = processesIn(going.pid);
      expect(members.length).toBeGreaterThan(4);
      going.kill('SIGKILL');
      // Its standard output closes when the last of them is gone.
      expect((await going.ended).signal).toBe('SIGKILL');
      await allGone(members);
      expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(inside);
      expect(desk.left()).toEqual([inside]);
      expect((await desk.sealed('true')).code).toBe(0);
      expect(desk.left()).toEqual([]);
    },
  );

  test.skipIf(isRefused)('what the command left in the background ends with the run', async () => {
    await using going = desk.start([...SH, 'setsid sleep 3602 & echo started; read line']);
    await going.says('started');
    const members = processesIn(going.pid);
    going.stdin.end('go\n');
    expect((await going.ended).code).toBe(0);
    await allGone(members);
  });

  test.skipIf(isRefused)('two sealed runs have the same addresses at the same time', async () => {
    const [one, two] = [desk, desk].map((each) => waiting(each));
    if (!one || !two) throw new Error('two were started');
    await Promise.all([one.says('ready'), two.says('ready')]);
    for (const each of [one, two]) each.stdin.end('go\n');
    const both = await Promise.all([one.ended, two.ended]);
    expect(both.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      [1, 2].map(() => ({ code: 0, stdout: 'ready\n10.151.14.155 200\n' })),
    );
  });
});

/** Waits for a line, and then asks the first gateway. */
function waiting(desk: Desk): Going {
  const ask = "curl -s -o /dev/null -w '%{remote_ip} %{http_code}\\n' https://pgencdw001.hkex.com.hk:8082/login";
  return desk.start([...SH, `echo ready; read line; ${ask}`]);
}

async function inTurn<A, B>(each: readonly A[], call: (one: A) => Promise<B>): Promise<readonly B[]> {
  const all: B[] = [];
  for (const one of each) all.push(await call(one));
  return all;
}

/** The processes below one, with the time of their start, since numbers are used again. */
function processesIn(root: number): readonly string[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const fields = statOf(pid);
      return fields ? [{ pid, parent: fields[1] ?? '', started: fields[19] ?? '' }] : [];
    });
  const below = (parent: string): readonly string[] =>
    all.filter((each) => each.parent === parent).flatMap(({ pid, started }) => [`${pid} ${started}`, ...below(pid)]);
  return below(String(root));
}

/** Resolves when none is there any more. What the kernel ends, it ends in its own time: a test that waits in vain runs into its limit. */
async function allGone(members: readonly string[]): Promise<void> {
  while (members.some(isThere)) await new Promise((resolve) => setImmediate(resolve));
}

function isThere(member: string): boolean {
  const [pid = '', started] = member.split(' ');
  const fields = statOf(pid);
  // One that has ended and waits for its parent to ask is gone as well.
  return fields !== undefined && fields[19] === started && fields[0] !== 'Z';
}

/** /proc/<pid>/stat from the state on: the name before it may hold anything. */
function statOf(pid: string): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
