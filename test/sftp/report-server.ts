import { execFile, execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { Report } from '../../src/clearing/report.ts';
import type { Faults } from '../../src/faults/live-faults.ts';
import { wallClock, type WallClock } from '../../src/host/wall-clock.ts';
import type { JournalEntry, JournalWriter, NewEntry } from '../../src/journal/entry.ts';
import type { SftpPort } from '../../src/sftp/port.ts';
import { startSftpServer, type SftpServer } from '../../src/sftp/server.ts';
import { DEFAULT_SFTP_SETTINGS, type SftpSettings } from '../../src/sftp/settings.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../src/time/instant.ts';

export const CABC = 'CABC' as CustomerCode;
export const CXYZ = 'CXYZ' as CustomerCode;

/** 6 May 2019, 19:00 in Hong Kong. */
export const EVENING = Date.UTC(2019, 4, 6, 11, 0) as Instant;

export interface KeyPair {
  readonly privateFile: string;
  readonly publicLine: string;
}

const hostKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** A private key as node:crypto writes it. */
export const HOST_KEY_PEM: string = hostKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export function report(change: Partial<Report> & { readonly fileName: string }): Report {
  return {
    code: 'trades',
    participant: CABC,
    made: 'after-cutoff',
    unfit: 0,
    withheld: false,
    damage: undefined,
    undamaged: undefined,
    businessDate: '2019-05-06' as BusinessDate,
    folderDate: '2019-05-06' as CalendarDate,
    startedAt: (EVENING - 1_800_000) as Instant,
    completedAt: (EVENING - 1_740_000) as Instant,
    text: `# ${change.fileName}\r\n`,
    ...change,
  };
}

export function largeText(bytes: number): string {
  let text = '';
  for (let row = 1; text.length < bytes; row += 1) text += `${row},HSI24000E9,held,17\r\n`;
  return text.slice(0, bytes);
}

/** The journal, kept in a list. */
export class TestJournal implements JournalWriter {
  readonly entries: JournalEntry[] = [];
  readonly #waiting = new Set<() => void>();

  record(entry: NewEntry): JournalEntry {
    const full = { ...entry, seq: this.entries.length + 1, simTime: '', wallTime: '' };
    this.entries.push(full);
    for (const wake of this.#waiting) wake();
    return full;
  }

  of(kind: string): JournalEntry[] {
    return this.entries.filter((entry) => entry.kind === kind);
  }

  /** Resolves when an entry has these fields; the test's own time limit ends a wait in vain. */
  async waitFor(wanted: Partial<NewEntry>): Promise<JournalEntry> {
    const [found] = await this.waitForSeveral(1, wanted);
    if (!found) throw new Error('no entry');
    return found;
  }

  /** Resolves when `count` entries have these fields. */
  async waitForSeveral(count: number, wanted: Partial<NewEntry>): Promise<readonly JournalEntry[]> {
    const find = (): readonly JournalEntry[] =>
      this.entries.filter((entry) => Object.entries(wanted).every(([field, value]) => entry[field] === value));
    if (find().length < count) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          if (find().length < count) return;
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
    return find();
  }
}

export interface ReportServer extends AsyncDisposable {
  readonly server: SftpServer;
  readonly journal: TestJournal;
  readonly directory: string;
  /** The state behind the port; tests change it. */
  readonly state: { now: Instant; reports: Report[]; publicKeys: string[] };
  readonly key: KeyPair;
  readonly knownHosts: string;
  newKey(type: 'ed25519' | 'rsa' | 'ecdsa'): KeyPair;
  /** Options that OpenSSH's sftp, scp and ssh take alike. */
  sshOptions(key?: KeyPair): readonly string[];
  sftp(commands: string, key?: KeyPair, options?: readonly string[]): Promise<Finished>;
}

/** A server with one user, `rrs_cabc`, of CABC, and a directory of its own. */
export async function startReportServer(
  change: {
    readonly settings?: Partial<SftpSettings>;
    readonly wall?: WallClock;
    readonly keyType?: 'ed25519' | 'rsa' | 'ecdsa';
    readonly hostKey?: string;
    readonly faults?: Faults;
  } = {},
): Promise<ReportServer> {
  const directory = mkdtempSync(join(tmpdir(), 'dcass-sftp-'));
  let keys = 0;
  const newKey = (type: string): KeyPair => {
    keys += 1;
    const privateFile = join(directory, `key-${keys}`);
    const bits = type === 'rsa' ? ['-b', '2048', '-m', 'PEM'] : [];
    execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', 'test', '-f', privateFile]);
    return { privateFile, publicLine: readFileSync(`${privateFile}.pub`, 'utf8').trim() };
  };
  const key = newKey(change.keyType ?? 'ed25519');
  const state = { now: EVENING, reports: [] as Report[], publicKeys: [key.publicLine] };
  const core: SftpPort = {
    now: () => state.now,
    sftpUser: (name) => (name === 'rrs_cabc' ? { participant: CABC, publicKeys: state.publicKeys } : undefined),
    reports: (participant) => state.reports.filter((r) => r.participant === undefined || r.participant === participant),
  };
  const journal = new TestJournal();
  const server = await startSftpServer({
    name: 'sftp',
    role: 'primary',
    address: '127.0.0.1',
    port: 0,
    hostKey: change.hostKey ?? HOST_KEY_PEM,
    core,
    journal,
    wall: change.wall ?? wallClock,
    ...(change.faults ? { faults: change.faults } : {}),
    settings: { ...DEFAULT_SFTP_SETTINGS, ...change.settings },
  }).catch((error: unknown) => {
    rmSync(directory, { recursive: true });
    throw error;
  });
  const hostKeyFile = join(directory, 'host-key');
  writeFileSync(hostKeyFile, change.hostKey ?? hostKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const knownHosts = join(directory, 'known_hosts');
  const hostLine = execFileSync('ssh-keygen', ['-y', '-f', hostKeyFile]).toString().trim();
  writeFileSync(knownHosts, `[127.0.0.1]:${server.port} ${hostLine}\n`);
  const sshOptions = (used: KeyPair = key): readonly string[] => {
    const options = [
      'StrictHostKeyChecking=yes',
      `UserKnownHostsFile=${knownHosts}`,
      'IdentitiesOnly=yes',
      'IdentityAgent=none',
      'BatchMode=yes',
    ].flatMap((option) => ['-o', option]);
    return ['-F', '/dev/null', '-i', used.privateFile, '-P', String(server.port), ...options];
  };
  return {
    server,
    journal,
    directory,
    state,
    key,
    knownHosts,
    newKey,
    sshOptions,
    sftp(commands, used, options = []) {
      const batch = join(directory, 'batch');
      writeFileSync(batch, commands);
      return run('sftp', [...options, ...sshOptions(used), '-b', batch, 'rrs_cabc@127.0.0.1'], directory);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

export interface Finished {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a client to its end; one that hangs is ended after 20 s and has the code 'SIGTERM'. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { cwd, timeout: 20_000, env: { PATH: process.env['PATH'], HOME: cwd, LANG: 'C', TZ: 'Asia/Hong_Kong' } },
      (_error, stdout, stderr) => resolve({ code: child.signalCode ?? child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** The fields of entries that the tests compare. */
export function pick(entries: readonly JournalEntry[], ...fields: readonly string[]): Record<string, unknown>[] {
  return entries.map((entry) =>
    Object.fromEntries(fields.filter((field) => field in entry).map((field) => [field, entry[field]])),
  );
}
