import { readFile } from 'node:fs/promises';
import { PACKAGE_ROOT, type Environment } from '../config.ts';
import { isCustomerCode } from '../clearing/participant.ts';
import { defaultStateDir, findRunning } from '../host/run-directory.ts';
import type { SftpKey } from '../host/ssh-key.ts';
import { SimError } from '../sim-error.ts';
import { openTrust } from '../trust.ts';
import { toTable, type Output } from './output.ts';

interface ListedKey extends SftpKey {
  readonly user: string;
  /** It was renewed in a simulator that runs, and is taken by that one only. */
  readonly renewed: boolean;
}

/**
 * `dcass-sim keys CABC`: the key pair with which a participant's SFTP user logs in. Where a running simulator has renewed it,
 * that is the new one; with several simulators, what each of them takes.
 */
export async function keys(
  users: readonly string[],
  flags: { readonly stateDir?: string; readonly json?: boolean },
  environment: Environment,
  output: Output,
): Promise<void> {
  const wrong = users.find((user) => !isCustomerCode(user));
  if (wrong !== undefined) {
    throw new SimError(
      'SIM_OPTION_INVALID',
      `"${wrong}" is no SFTP user; it is a DCASS Customer Code, the letter C and three characters: CABC`,
    );
  }
  const stateDir = flags.stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
  const [trust, running] = await Promise.all([openTrust(flags.stateDir, environment), findRunning(stateDir)]);
  const found = await Promise.all(
    users.map(async (user): Promise<readonly ListedKey[]> => {
      const first = await trust.sftpKey(user);
      const files = new Set(running.flatMap(({ ready }) => ready.files.keys?.[user] ?? []));
      const renewed = await Promise.all(
        [...files]
          .filter((file) => file !== first.privateKeyFile)
          .map(async (privateKeyFile) => ({
            user,
            privateKeyFile,
            publicKey: (await readFile(`${privateKeyFile}.pub`, 'utf8')).trim(),
            renewed: true,
          })),
      );
      // The key that a day begins with is of no use where every running day has another one.
      const isTaken = files.size === 0 || files.has(first.privateKeyFile);
      return [...(isTaken ? [{ user, ...first, renewed: false }] : []), ...renewed];
    }),
  );
  const all = found.flat();
  if (flags.json) {
    output.data(
      JSON.stringify(
        all.map(({ user, privateKeyFile, publicKey, renewed }) => ({
          user,
          privateKeyFile,
          publicKey,
          ...(renewed ? { renewed } : {}),
        })),
      ),
    );
  } else {
    output.data(
      toTable(
        all.map(({ user, privateKeyFile, renewed }) => [user, privateKeyFile, ...(renewed ? ['renewed today'] : [])]),
      ),
    );
  }
}
