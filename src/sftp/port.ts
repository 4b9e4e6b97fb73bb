import type { CustomerCode } from '../clearing/participant.ts';
import type { Report } from '../clearing/report.ts';
import type { Instant } from '../time/instant.ts';

/** One user of the report server. */
export interface SftpUser {
  readonly participant: CustomerCode;
  /** Lines of OpenSSH's public key files: `ssh-rsa AAAA… comment`. */
  readonly publicKeys: readonly string[];
  /** Those that were valid before, in the same form: they are refused like any other, and the journal says so. */
  readonly formerKeys?: readonly string[];
}

/** What the report server needs of the simulator. */
export interface SftpPort {
  /** Business time. */
  now(): Instant;
  sftpUser(name: string): SftpUser | undefined;
  /** The participant's own reports and the common ones, also those still being written. */
  reports(participant: CustomerCode): readonly Report[];
}
