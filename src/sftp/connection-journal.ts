import type { JournalWriter } from '../journal/entry.ts';
import { isWhole, type OpenFile } from './open-handles.ts';
import type { SftpUser } from './port.ts';
import { toPlainText } from './report-path.ts';

const NAME_LENGTH_MAX = 64;
const PATH_LENGTH_MAX = 256;

/**
 * What one connection tells the journal. The client's port is left out: it would differ between two runs of
 * one scenario (entry.ts).
 */
export class ConnectionJournal {
  readonly #journal: JournalWriter;
  readonly #common: {
    readonly source: 'sftp';
    readonly role: string;
    readonly connection: string;
    readonly address: string;
  };
  #user: { readonly user: string; readonly participant: string } | undefined;

  constructor(journal: JournalWriter, role: string, connection: string, address: string) {
    this.#journal = journal;
    this.#common = { source: 'sftp', role, connection, address };
  }

  connected(): void {
    this.#journal.record({ kind: 'sftp.connected', ...this.#common });
  }

  disconnected(reason: string): void {
    this.#journal.record({ kind: 'sftp.disconnected', ...this.#common, ...this.#user, reason });
  }

  loggedIn(name: string, user: SftpUser, fingerprint: string): void {
    this.#user = { user: name, participant: user.participant };
    this.#journal.record({
      kind: 'sftp.login',
      outcome: 'ok',
      ...this.#common,
      ...this.#user,
      method: 'publickey',
      key: fingerprint,
    });
  }

  loginRefused(name: string, method: string, code: string, fingerprint: string | undefined): void {
    this.#journal.record({
      kind: 'sftp.login',
      outcome: 'refused',
      code,
      ...this.#common,
      user: toPlainText(name, NAME_LENGTH_MAX),
      method,
      ...(fingerprint === undefined ? {} : { key: fingerprint }),
    });
  }

  refused(operation: string, path: string | undefined, code: string): void {
    this.#journal.record({
      kind: 'sftp.refused',
      outcome: 'refused',
      code,
      ...this.#common,
      ...this.#user,
      operation,
      ...(path === undefined ? {} : { path: toPlainText(path, PATH_LENGTH_MAX) }),
    });
  }

  /** Broken bytes. */
  invalid(code: string, message: string): void {
    this.#journal.record({
      kind: 'sftp.invalid',
      outcome: 'invalid',
      code,
      ...this.#common,
      ...this.#user,
      message: toPlainText(message, PATH_LENGTH_MAX),
    });
  }

  /** A file was closed after some of it was read; only a whole one counts as a download. */
  fileClosed(file: OpenFile): void {
    const complete = isWhole(file);
    this.#journal.record({
      kind: complete ? 'sftp.download' : 'sftp.download-incomplete',
      ...(complete ? { outcome: 'ok' as const } : {}),
      ...this.#common,
      ...this.#user,
      path: file.path,
      file: file.node.name,
      bytes: complete ? file.node.content.size : file.readTo,
      complete,
    });
  }
}
