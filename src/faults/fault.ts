/** Where a fault can be: the protocols, and the endpoint of the old platform's DCASS Servers. */
export type FaultWindow = 'online' | 'oapi' | 'sftp' | 'mail' | 'server';

export const TLS_FAULTS = ['expired', 'wrong-name', 'unknown-ca', 'old-version'] as const;
export type TlsFault = (typeof TLS_FAULTS)[number];

/** What a fault does. Milliseconds are of transport time: a real client waits for them. */
export type FaultEffect =
  | { readonly do: 'delay'; readonly fromMs: number; readonly toMs: number }
  | { readonly do: 'throttle'; readonly bytesPerSecond: number }
  | { readonly do: 'drop' }
  | { readonly do: 'reset' }
  | { readonly do: 'black-hole' }
  | { readonly do: 'half-close' }
  | { readonly do: 'truncate'; readonly afterBytes: number }
  /** So many bytes of an answer have one bit flipped each. */
  | { readonly do: 'corrupt'; readonly bytes: number }
  | { readonly do: 'duplicate' }
  | { readonly do: 'reorder' }
  | { readonly do: 'refuse' }
  | { readonly do: 'tls'; readonly what: TlsFault }
  | { readonly do: 'host-key-changed' }
  | { readonly do: 'slow-handshake'; readonly ms: number }
  | { readonly do: 'disconnect-in-transfer'; readonly afterBytes: number }
  /** May be negative; a size never falls below 0. */
  | { readonly do: 'wrong-size'; readonly byBytes: number }
  /** An HTTP status, a completion code of the OAPI, or a status of SFTP. */
  | { readonly do: 'status'; readonly status: number };

export type EffectName = FaultEffect['do'];

/** What a fault is about; what is undefined is not looked at. */
export interface FaultMatch {
  /** `online-1`, `oapi-1`, `ng-1`, `dcass-server`, `sftp`, `mail`. */
  readonly listeners: readonly string[];
  readonly users: readonly string[] | undefined;
  /** Online: `GET`. */
  readonly method: string | undefined;
  /** Online and SFTP; `*` stands for any text. */
  readonly path: string | undefined;
  /** OAPI: `CQ3`. */
  readonly transactions: readonly string[] | undefined;
  /** OAPI: members of the request by name, or by their way `series.commodity`, with the text of their value. */
  readonly fields: Readonly<Record<string, string>> | undefined;
  /** OAPI: `BD6`. */
  readonly broadcasts: readonly string[] | undefined;
  /** SFTP: `read`. */
  readonly operations: readonly string[] | undefined;
}

export const SFTP_OPERATIONS = ['open', 'read', 'close', 'opendir', 'readdir', 'stat', 'realpath'] as const;
export type SftpOperation = (typeof SFTP_OPERATIONS)[number];

/** When a fault is over: whichever comes first. All undefined: when somebody stops it. */
export interface FaultEnd {
  readonly times: number | undefined;
  /** Business milliseconds. */
  readonly forMs: number | undefined;
  /** Transport milliseconds. */
  readonly forRealMs: number | undefined;
}

export interface FaultRule {
  /** Undefined: it is given one, `fault-1`. */
  readonly id: string | undefined;
  readonly match: FaultMatch;
  readonly effect: FaultEffect;
  /** Of what it is about, so many in a million are hit, by the seed. Undefined: all. */
  readonly sharePpm: number | undefined;
  readonly end: FaultEnd;
}

/** @returns undefined for a name that is no listener */
export function windowOf(listener: string): FaultWindow | undefined {
  if (/^online-\d$/.test(listener)) return 'online';
  if (/^oapi-\d$/.test(listener) || listener === 'ng-1') return 'oapi';
  if (listener === 'sftp' || listener === 'mail') return listener;
  return listener === 'dcass-server' ? 'server' : undefined;
}
