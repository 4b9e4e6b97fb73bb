import { readFileSync } from 'node:fs';
import ssh2, { type FileEntryWithStats, type SFTPWrapper } from 'ssh2';
import type { Simulator } from '../../src/index.ts';
import { ask } from '../sftp/raw-client.ts';

/** A report as it was fetched. */
export interface Fetched {
  readonly path: string;
  readonly text: string;
}

/** A participant's retrieval program: it fetches what it has not fetched before, own reports and common ones. */
export class ReportClient {
  readonly #sim: Simulator;
  readonly #user: string;
  readonly #firstKey: Buffer | undefined;
  readonly #has = new Set<string>();

  constructor(sim: Simulator, user: string) {
    this.#sim = sim;
    this.#user = user;
    this.#firstKey = this.#keyNow();
  }

  #keyNow(): Buffer | undefined {
    const file = this.#sim.endpoints.files.keys[this.#user];
    return file === undefined ? undefined : readFileSync(file);
  }

  /** Logs in with the participant's key, or with the one of the morning, fetches at most `most` new reports, the oldest first, and leaves. */
  async fetch(most = Infinity, key: 'now' | 'first' = 'now'): Promise<readonly Fetched[]> {
    const [server] = this.#sim.endpoints.sftp;
    const privateKey = key === 'now' ? this.#keyNow() : this.#firstKey;
    if (!server || privateKey === undefined) throw new Error(`${this.#user} has no key, or there is no report server`);
    const client = new ssh2.Client();
    const before = this.#sim.journal.entries().length;
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject);
      client.connect({
        host: server.address,
        port: server.port,
        username: this.#user,
        privateKey,
        hostHash: 'sha256',
        hostVerifier: (hash: string) =>
          server.fingerprint === `SHA256:${Buffer.from(hash, 'hex').toString('base64').replaceAll('=', '')}`,
      });
    });
    client.setNoDelay(true);
    const sftp = await ask<SFTPWrapper>((done) => client.sftp(done));
    const fetched: Fetched[] = [];
    for (const path of await newReports(sftp, this.#has)) {
      if (fetched.length >= most) break;
      fetched.push({ path, text: String(await ask<Buffer>((done) => sftp.readFile(path, done))) });
      this.#has.add(path);
    }
    client.end();
    // Until the server has heard that it is gone: the journal then has the same order in every run.
    await this.#sim.journal.waitFor({ kind: 'sftp.disconnected', user: this.#user, after: before });
    return fetched;
  }
}

/** What is complete and not there yet, in the order of its folders and names. */
async function newReports(sftp: SFTPWrapper, has: ReadonlySet<string>): Promise<readonly string[]> {
  const list = async (folder: string): Promise<readonly string[]> =>
    (await ask<FileEntryWithStats[]>((done) => sftp.readdir(folder, done)))
      .map(({ filename }) => `${folder}/${filename}`)
      .toSorted();
  const found: string[] = [];
  for (const folder of ['/INBOX', '/COMMON']) for (const day of await list(folder)) found.push(...(await list(day)));
  return found.filter((path) => !has.has(path) && !isBeingWritten(path));
}

function isBeingWritten(path: string): boolean {
  return /\.(tmp|part|filepart)$/.test(path);
}
