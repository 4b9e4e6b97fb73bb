/** What a simulator tells when every listener is bound: design.md 5.2, the ready line of `up --json`. */
export interface Ready {
  readonly ready: true;
  readonly scenario: string;
  readonly simTime: string;
  readonly online: readonly OnlineEndpoint[];
  readonly oapi: readonly { readonly gateway: number; readonly address: string; readonly port: number }[];
  /** The secondary data centre, where the day has one: it answers after a failover only. */
  readonly secondary?: Pick<Ready, 'online' | 'oapi'>;
  /** The old platform, where the day has one: it takes logins after a fallback only. */
  readonly oldPlatform?: {
    readonly networkGateway: { readonly address: string; readonly port: number };
    readonly dcassServer: { readonly address: string; readonly port: number };
  };
  readonly sftp: readonly {
    readonly role: 'primary';
    readonly address: string;
    readonly port: number;
    /** `SHA256:…` of the host key, as `ssh-keygen -lf` prints it. */
    readonly fingerprint: string;
  }[];
  readonly mail: { readonly address: string; readonly port: number };
  /** `socket`: of a sealed run, the same API from outside; a file. */
  readonly control: { readonly url: string; readonly token: string; readonly socket?: string };
  readonly files: {
    readonly ca: string;
    readonly hosts: string;
    readonly knownHosts: string;
    /** A JSON list of {@link ListedUser}. */
    readonly users: string;
    /** Private key file by SFTP user. */
    readonly keys: Readonly<Record<string, string>>;
    /** The own records of each participant by customer code, CSV files: `world.discrepancies` says how far they differ from DCASS. */
    readonly books: Readonly<Record<string, { readonly trades: string; readonly positions: string }>>;
  };
}

export interface OnlineEndpoint {
  readonly gateway: number;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly url: string;
}

/** A line of `files.users`. */
export interface ListedUser {
  readonly user: string;
  readonly password: string;
  readonly kind: string;
  readonly participant: string;
  readonly state: string;
}
