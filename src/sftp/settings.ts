/** What an operator may change about the report server. Times in `…Ms` are transport time: a real client waits. */
export interface SftpSettings {
  /** Folder at the root that holds a participant's own reports, one subfolder `yyyymmdd` a day. */
  readonly ownFolder: string;
  /** Folder at the root that holds the reports that are the same for all. */
  readonly commonFolder: string;
  /** What a report's name ends with while it is being written. */
  readonly temporarySuffix: string;
  /** Which part of a report can already be seen while it is being written, 0 to 1. */
  readonly temporaryShare: number;
  /** Folders of this many days, today in business time included, are kept. */
  readonly daysKept: number;
  /** Connections at once, logged in or not. */
  readonly connectionsMax: number;
  /** Logged-in connections of one user at once. */
  readonly sessionsPerUserMax: number;
  /** SSH channels of one connection at once. */
  readonly channelsPerConnectionMax: number;
  /** Whether clients are told how much they may ask for at once (`limits@openssh.com`), as OpenSSH's server does. */
  readonly tellsLimits: boolean;
  /** Open files and folders of one SFTP channel at once. */
  readonly handlesPerChannelMax: number;
  /** Failed authentication attempts of one connection, then it is closed. */
  readonly authenticationTriesMax: number;
  /** From connecting to being logged in. */
  readonly loginDeadlineMs: number;
  /** Without any request, then the connection is closed. */
  readonly idleLimitMs: number;
  readonly keepaliveIntervalMs: number;
  /** Unanswered keepalives, then the connection is closed. */
  readonly keepalivesUnansweredMax: number;
  /** Requests of one SFTP channel that wait for their answer; 16,384 reads of 32 KiB are a file of 512 MiB. */
  readonly requestsWaitingMax: number;
  /** Answers of one connection that the client has not taken yet. */
  readonly bytesInFlightMax: number;
  /**
   * Bytes of a file that may be on their way to an OpenSSH client, whose window would allow 2 MiB: it moves all that it
   * has in memory for each packet, so with more it is slower.
   */
  readonly bytesUnreadMax: number;
  /** Refused operations of one connection, then it is closed: a client in a loop must not fill the journal. */
  readonly refusalsPerConnectionMax: number;
  /** SSH ciphers that are offered. */
  readonly ciphers: readonly SftpCipher[];
}

export type SftpCipher =
  | 'aes128-gcm@openssh.com'
  | 'aes256-gcm@openssh.com'
  | 'aes128-ctr'
  | 'aes192-ctr'
  | 'aes256-ctr'
  | 'chacha20-poly1305@openssh.com';

/**
 * ASSUMED, all of it: of the Report Retrieval Solution only SFTP, key authentication and the existence of own
 * and common files are public (dcass-facts.md section 4: ciphers, port, folder tree, operation hours,
 * retention days, concurrent sessions and throttles are X). Folder names follow the sister system RAP (C).
 */
export const DEFAULT_SFTP_SETTINGS: SftpSettings = {
  ownFolder: 'INBOX',
  commonFolder: 'COMMON',
  temporarySuffix: '.tmp',
  temporaryShare: 0.5,
  daysKept: 30,
  connectionsMax: 2_000,
  sessionsPerUserMax: 10,
  channelsPerConnectionMax: 10, // As OpenSSH's MaxSessions.
  tellsLimits: true,
  handlesPerChannelMax: 64,
  authenticationTriesMax: 6, // As OpenSSH's MaxAuthTries.
  loginDeadlineMs: 30_000,
  idleLimitMs: 900_000,
  keepaliveIntervalMs: 15_000,
  keepalivesUnansweredMax: 3,
  requestsWaitingMax: 16_384,
  bytesInFlightMax: 1024 * 1024,
  bytesUnreadMax: 768 * 1024,
  refusalsPerConnectionMax: 1_000,
  // In SSH the client's order decides, and OpenSSH asks for chacha20 first, which costs a quarter of the speed
  // (platform-notes.md "SFTP speed": 468 MiB/s with aes128-gcm, 348 with chacha20). So it is not offered;
  // every client tried there knows AES.
  ciphers: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
};
