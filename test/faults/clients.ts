import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Simulator } from '../../src/index.ts';
import { launchChromium } from '../browser/chromium.ts';
import { positionQueryMessage } from '../oapi/client.ts';
import { startProbe } from '../oapi-c/probe.ts';
import { clientPath } from '../support/real-clients.ts';
import { simulator, scenarioFile, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';

/** A day with a report of CABC and one position, at 09:30. */
export async function faultyDay(timeline: readonly object[] = []): Promise<Simulator> {
  const publish = { at: '09:10', do: 'report.publish', with: { which: ['positions'], for: ['CABC'] } };
  const positions = [{ participant: 'CABC', account: 'HOUSE', series: 'HSIK9', held: 5 }];
  using day = scenarioFile(smallDay({ positions }, [publish, ...timeline]));
  return await simulator({ scenario: day.path, at: '09:30', seed: 7 });
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was ended by us. */
  readonly isWaiting: boolean;
}

// What a client still waits for then, it waits for until somebody ends it.
const PATIENCE_MS = 60_000;

function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; timeout?: number } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: PATIENCE_MS, ...options }, (error, stdout, stderr) => {
      const isWaiting = error?.killed === true;
      resolve({
        // A signal, where sftp writes to the ssh that has just ended, is the same end.
        code: error ? Number(error.code ?? 255) : 0,
        stdout,
        stderr,
        isWaiting,
      });
    });
  });
}

/** What curl reports of the login page of the first gateway: `HTTP 200`, or its own code and words. */
export async function curlSays(sim: Simulator, isAwaited?: boolean): Promise<string> {
  const [gateway] = sim.endpoints.online;
  if (!gateway) throw new Error('no gateway');
  const place = `${gateway.host}:${gateway.port}`;
  const { code, stdout, stderr } = await run(clientPath('curl'), [
    '-sS',
    '--max-time',
    isAwaited ? '2' : '20',
    '--cacert',
    sim.endpoints.files.ca,
    '--resolve',
    `${place}:${gateway.address}`,
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    `https://${place}/login`,
  ]);
  return code === 0 ? `HTTP ${stdout}` : plain(`exit ${code}: ${firstLine(stderr)}`);
}

/** What OpenSSH's sftp reports of downloading the report of CABC: how much came, or its own words. */
export async function sftpSays(sim: Simulator, isAwaited?: boolean): Promise<string> {
  const [server] = sim.endpoints.sftp;
  const { keys, knownHosts } = sim.endpoints.files;
  if (!server) throw new Error('no report server');
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-faults-'));
  try {
    const settings = {
      BatchMode: 'yes',
      IdentitiesOnly: 'yes',
      UserKnownHostsFile: knownHosts,
      GlobalKnownHostsFile: '/dev/null',
      StrictHostKeyChecking: 'yes',
      ConnectTimeout: isAwaited ? '1' : '15',
      ServerAliveInterval: isAwaited ? '1' : '15',
      ServerAliveCountMax: '1',
    };
    const { code, stderr, isWaiting } = await run(
      clientPath('sftp'),
      [
        '-F',
        '/dev/null',
        '-P',
        String(server.port),
        '-i',
        keys['CABC'] ?? '',
        ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
        `CABC@${server.address}:/INBOX/*/*.csv`,
        'report.csv',
      ],
      { cwd: folder, timeout: isAwaited ? 8_000 : PATIENCE_MS },
    );
    const whole = wholeReport(sim);
    const came = read(join(folder, 'report.csv'));
    if (isWaiting) return 'waits for ever';
    if (code === 0) return came === whole ? 'the whole file' : `a file of ${came?.length} of ${whole.length} bytes`;
    const part = came === undefined || came.length === 0 ? '' : ` (${came.length} bytes came)`;
    return plain(`exit ${code}: ${lastLine(stderr)}${part}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wholeReport(sim: Simulator): string {
  const snapshot = sim.snapshot() as unknown as { readonly state: { readonly reports: readonly { text: string }[] } };
  return snapshot.state.reports[0]?.text ?? '';
}

/** What a C program on the library of clients/oapi-c is told: of its login, and of a query of its positions. */
export async function cSays(
  sim: Simulator,
  program: string,
  begin: () => Promise<unknown>,
  isAwaited?: boolean,
): Promise<string> {
  const [gateway] = sim.endpoints.oapi;
  await using probe = startProbe(program, { OAPI_CALL_TIMEOUT_MS: isAwaited ? '1000' : '15000' });
  const login = `login ${gateway?.address} ${gateway?.port} BO_CABC801 ${SMALL_DAY_PASSWORD} 1`;
  const query = async (): Promise<string> => {
    const hex = positionQueryMessage({ segment: 1 }).toString('hex');
    const { completion, status, length } = await probe.call(`query 173 ${hex} 60000`);
    return completion === 0 ? `query 0, ${length} bytes` : `query ${completion}${status === 0 ? '' : ` / ${status}`}`;
  };
  await begin();
  const { completion } = await probe.call(login);
  return completion < 0 ? `login ${completion}` : await query();
}

/** What differs from run to run is left out. */
function plain(text: string): string {
  return (
    text
      .replaceAll(/\d+ milliseconds|\d+ ms\b/g, 'N ms')
      .replaceAll(/\b127\.0\.0\.1\b/g, 'HOST')
      .replaceAll(/[Pp]ort \d+/g, 'port N')
      .replaceAll(/error:[0-9A-F]+:/g, 'error:')
      .replaceAll(/\d+ out of (\d+|-1) bytes/g, 'N out of M bytes')
      .replaceAll(/with \d+ bytes/g, 'with N bytes')
      .replaceAll(/OpenSSL\/[\d.]+/g, 'OpenSSL')
      // Which of them it says depends on who is quicker.
      .replaceAll(/client_loop: send disconnect: Broken pipe|Connection reset by HOST port N/g, 'Connection reset')
      .replaceAll('|', '/')
  );
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replace(/^curl: \(\d+\) /, '').trim();
}

function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll('\r', '').trim())
    .filter((line) => line !== '' && !/^(Connection closed\.?|Connected to|Fetching)/.test(line));
  return lines.at(-1) ?? 'Connection closed';
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** A Chromium that trusts the local CA, as one of a participant would be made to. */
export async function trustingChromium(caFile: string): Promise<{ readonly browser: Browser } & AsyncDisposable> {
  const home = mkdtempSync(join(tmpdir(), 'dcass-sim-chromium-'));
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...args: readonly string[]): Promise<Ended> =>
    run(clientPath('certutil'), ['-d', `sql:${store}`, ...args]);
  await certutil('-N', '--empty-password');
  await certutil('-A', '-t', 'C,,', '-n', 'local', '-i', caFile);
  const browser = await launchChromium(home);
  return {
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What Chromium shows of the login page: `HTTP 200`, or its own error. */
export async function chromiumSays(sim: Simulator, browser: Browser): Promise<string> {
  const [gateway] = sim.endpoints.online;
  if (!gateway) throw new Error('no gateway');
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const answer = await page.goto(gateway.url, { timeout: 20_000 });
    return `HTTP ${answer?.status()}`;
  } catch (error) {
    const [said] = /net::ERR_\w+/.exec(String(error)) ?? [plain(firstLine(String(error)))];
    return said;
  } finally {
    await context.close();
  }
}
