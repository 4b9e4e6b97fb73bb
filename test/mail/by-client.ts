import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/index.ts';
import { clientPath } from '../support/real-clients.ts';

export const DESK = 'clearingpsd@hkex.com.hk';

/** What a program of the system said and how it ended. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

function call(program: string, args: readonly string[], input = ''): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, text: stdout + stderr }),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** A mail from swaks, with a file attached where there is one. */
export async function swaks(
  { endpoints }: Simulator,
  mail: {
    readonly from: string;
    readonly to?: string;
    readonly file?: { readonly name: string; readonly bytes: Uint8Array | string };
  },
): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-swaks-'));
  try {
    const attach: string[] = [];
    if (mail.file) {
      const path = join(folder, mail.file.name);
      writeFileSync(path, mail.file.bytes);
      attach.push('--attach-name', mail.file.name, '--attach', `@${path}`);
    }
    const { address, port } = endpoints.mail;
    const args = ['--server', `${address}:${port}`, '--from', mail.from, '--to', mail.to ?? DESK, '--timeout', '20'];
    return await call(clientPath('swaks'), [...args, '--header', 'Subject: a form', ...attach]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A whole message, as it is, from curl. */
export function curlMail({ endpoints }: Simulator, from: string, message: string): Promise<Said> {
  const { address, port } = endpoints.mail;
  const args = [
    '-sS',
    '--max-time',
    '20',
    '--crlf',
    `smtp://${address}:${port}`,
    '--mail-from',
    from,
    '--mail-rcpt',
    DESK,
    '-T',
    '-',
  ];
  return call(clientPath('curl'), args, message);
}
