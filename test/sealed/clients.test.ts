import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileExample } from '../oapi-c/probe.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { deskOf, type Desk } from './run-sealed.ts';
import { named, ORDINARY, ROOT, whyNotSealed } from './sealable.ts';

// A sealed run starts Node twice, and some tests make several runs.
vi.setConfig({ testTimeout: 180_000 });

// Real clients with production's addresses and ports in them, and with no setting for the simulator.
const HOSTS = ['pgencdw001', 'pgencdw002', 'pgenrgw001', 'pgenrgw002'].map((name) => `${name}.hkex.com.hk`);

describe.each([ORDINARY, ROOT].map((caller) => [named(caller), caller] as const))('%s', (_name, caller) => {
  const isRefused = whyNotSealed(caller) !== undefined;
  let desk: Desk;
  beforeAll(() => {
    if (!isRefused) desk = deskOf(caller);
  });
  afterAll(() => desk?.[Symbol.dispose]());

  test.skipIf(isRefused || !hasClient('curl'))(
    'curl logs in at each real URL without a word about certificates, and reads positions',
    async () => {
      const one = (host: string): string =>
        `curl -sSf -c jar -o /dev/null --data-urlencode username=BU_CABC101 --data-urlencode 'password=Harbour#101' https://${host}:8082/login && ` +
        `curl -sSf -b jar -w '%{remote_ip} %{remote_port}\\n' -o ${host}.csv 'https://${host}:8082/positions?format=csv'`;
      const { code, stdout, stderr } = await desk.sealed('sh', '-c', HOSTS.map(one).join(' && '));
      expect({ code, stdout }, stderr).toEqual({
        code: 0,
        stdout: '10.151.14.155 8082\n10.151.14.156 8082\n10.151.14.101 8082\n10.151.14.102 8082\n',
      });
      const answers = HOSTS.map((host) => readFileSync(join(desk.folder, `${host}.csv`), 'utf8'));
      expect(answers[0]).toMatch(/^participant,account,series,held,written,/);
      expect(new Set(answers).size).toBe(1);
      // Whoever typed the command owns what it wrote.
      expect(statSync(join(desk.folder, `${HOSTS[0]}.csv`)).uid).toBe(caller.uid);
    },
  );

  test.skipIf(isRefused || !hasClient('python3'))('Python and Node trust the real URL as they are', async () => {
    const url = `https://${HOSTS[0]}:8082/login`;
    const { code, stdout, stderr } = await desk.sealed(
      'sh',
      '-c',
      `/usr/bin/python3 -c 'import urllib.request; print(urllib.request.urlopen("${url}").status)' && ` +
        `"${process.execPath}" -e 'fetch("${url}").then((a) => console.log(a.status))'`,
    );
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: '200\n200\n' });
  });

  test.skipIf(isRefused || !hasClient('chromium'))('Chromium opens a real URL without a flag about it', async () => {
    // Root has to give up Chromium's own sandbox anywhere; an ordinary user keeps it in here too.
    const flags = caller === ROOT ? ['--no-sandbox'] : [];
    const { code, stdout, stderr } = await desk.sealed(
      clientPath('chromium'),
      '--headless',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...flags,
      `--user-data-dir=${join(desk.folder, 'profile')}`,
      '--dump-dom',
      `https://${HOSTS[1]}:8082/login`,
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('name="username"');
  });

  test.skipIf(isRefused || !hasClient('sftp'))('OpenSSH gets the reports from port 22', async () => {
    const { code, stderr } = await desk.sealed(
      'sh',
      '-c',
      'mkdir mine && echo "get -r /INBOX mine" | sftp -b - -i "$DCASS_SFTP_KEY" -o UserKnownHostsFile="$DCASS_KNOWN_HOSTS" -o StrictHostKeyChecking=yes "$DCASS_SFTP_USER@10.151.14.201"',
    );
    expect(code, stderr).toBe(0);
    expect(execFileSync('find', ['mine', '-type', 'f'], { cwd: desk.folder, encoding: 'utf8' })).toMatch(
      /^mine\/INBOX\/\d{8}\/\S+\n/,
    );
  });

  test.skipIf(isRefused || !hasClient('gcc') || !hasClient('make'))(
    'the C example with production’s addresses compiled in logs in and reads positions, unmodified',
    async () => {
      const program = productionProgram();
      // When it has said what it is asked for, the run ends, and the program with it.
      const { code, stdout, stderr } = await desk.run([
        ...'run certification-rehearsal --sealed --at 09:30 -- bash -c'.split(' '),
        `grep -m 1 'CQ3 segment 1' < <(exec ${program})`,
      ]);
      expect({ code, stdout }, stderr).toMatchObject({
        stdout: expect.stringMatching(/^CQ3 segment 1: \d+ positions\n/) as string,
      });
      expect(code === 0 || stderr.includes('expectations met')).toBe(true);
    },
  );

  test.skipIf(isRefused || !hasClient('swaks') || !hasClient('curl'))(
    'a mail reaches the mailbox at port 25, by swaks and by curl',
    async () => {
      writeFileSync(join(desk.folder, 'form.txt'), 'From: x@broker.example\nSubject: form\n\nhello\n', { mode: 0o644 });
      const { code, stdout, stderr } = await desk.sealed(
        'sh',
        '-c',
        [
          'swaks --server 10.151.14.202 --from x@broker.example --to clearingpsd@hkex.com.hk --body hello > swaks.txt',
          'curl -sS smtp://10.151.14.202 --mail-from x@broker.example --mail-rcpt clearingpsd@hkex.com.hk -T form.txt',
          'curl -sS -H "Authorization: Bearer $DCASS_CONTROL_TOKEN" "$DCASS_CONTROL_URL/v1/journal?kind=mail.received"',
        ].join(' && '),
      );
      expect(code, stderr).toBe(0);
      expect(readFileSync(join(desk.folder, 'swaks.txt'), 'utf8')).toContain('Connected to 10.151.14.202.');
      expect(stdout.match(/"kind":"mail\.received"/g)).toHaveLength(2);
    },
  );
});

/** The example as it is, started by a `main` that has its settings: no file, no argument, no environment. */
function productionProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-production-'));
  const bin = fileURLToPath(new URL('../../bin/dcass-sim.mjs', import.meta.url));
  try {
    const header = execFileSync(process.execPath, [bin, 'dictionary', 'show', 'genium', '--c'], { encoding: 'utf8' });
    writeFileSync(join(folder, 'messages.h'), header);
    writeFileSync(join(folder, 'main.c'), MAIN);
    const program = compileExample('backoffice', `-I${folder}`, '-Dmain=backoffice', join(folder, 'main.c'));
    execFileSync('chmod', ['-R', 'a+rX', join(program, '..')]);
    return program;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MAIN = `
#undef main
int backoffice(int, char **);
int main(void) {
  char *settings[] = {"backoffice", "10.151.5.81", "15001", "10.151.5.82", "15001", "BO_CABC801", "Backoffice#801", 0};
  return backoffice(7, settings);
}
`;
