import type { Environment } from '../config.ts';
import { openTrust } from '../trust.ts';
import type { Output } from './output.ts';

/** `dcass-sim certs`: where the local CA is, and how a client comes to trust it. */
export async function certs(
  flags: { readonly stateDir?: string; readonly json?: boolean },
  environment: Environment,
  output: Output,
): Promise<void> {
  const trust = await openTrust(flags.stateDir, environment);
  if (flags.json) {
    output.data(JSON.stringify({ ca: trust.caFile, sshHostKeyFingerprint: trust.sshHostKeyFingerprint }));
    return;
  }
  output.data(trust.caFile);
  output.talk(
    [
      'This is the certificate of the local CA. Only this machine has its key.',
      `curl:     curl --cacert ${trust.caFile} …`,
      'Chromium: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n dcass-sim -i <the file>',
      'Node:     NODE_EXTRA_CA_CERTS=<the file> node …',
      'Java:     keytool -importcert -file <the file> -keystore trust.p12 …',
      `SFTP host key: ${trust.sshHostKeyFingerprint}`,
      'certs/README.md says more.',
    ].join('\n'),
  );
}
