import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { clientPath } from '../support/real-clients.ts';

const run = promisify(execFile);

/**
 * OpenSSH's sftp, with these commands, as the participant `code`; what it printed. Rejects where it fails.
 * @param key file of the private key; the one that the simulator names when left out
 */
export async function sftp(
  sim: Simulator,
  code: string,
  folder: string,
  commands: string,
  key = sim.endpoints.files.keys[code] ?? '',
): Promise<string> {
  const [server] = sim.endpoints.sftp;
  const { knownHosts } = sim.endpoints.files;
  const options = [
    `UserKnownHostsFile=${knownHosts}`,
    'StrictHostKeyChecking=yes',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'BatchMode=yes',
  ].flatMap((option) => ['-o', option]);
  const child = run(
    clientPath('sftp'),
    [
      '-F',
      '/dev/null',
      '-q',
      '-b',
      '-',
      '-i',
      key,
      ...options,
      '-P',
      String(server?.port),
      `${code}@${server?.address}`,
    ],
    { cwd: folder },
  );
  child.child.stdin?.end(commands);
  return (await child).stdout;
}

/** A folder of this test's own, gone after it. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-reports-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
