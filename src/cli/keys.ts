import type { Environment } from '../config.ts';
import { openTrust } from '../trust.ts';
import { isCustomerCode } from '../clearing/participant.ts';
import { SimError } from '../sim-error.ts';
import type { Output } from './output.ts';
import { toTable } from './output.ts';

/** `dcass-sim keys CABC`: the key pair with which a participant's SFTP user logs in. */
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
  const trust = await openTrust(flags.stateDir, environment);
  const made = await Promise.all(users.map(async (user) => ({ user, ...(await trust.sftpKey(user)) })));
  if (flags.json)
    output.data(
      JSON.stringify(made.map(({ user, privateKeyFile, publicKey }) => ({ user, privateKeyFile, publicKey }))),
    );
  else output.data(toTable(made.map(({ user, privateKeyFile }) => [user, privateKeyFile])));
}
