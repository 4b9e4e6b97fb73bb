import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClearingCore } from '../../src/clearing/core.ts';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { Disposables } from '../../src/host/disposables.ts';
import { wallClock } from '../../src/host/wall-clock.ts';
import { startJournal, type Journal } from '../../src/journal/journal.ts';
import type { GatewayTls } from '../../src/online/certificates.ts';
import { startOnlineGateways, type OnlineGateways } from '../../src/online/gateways.ts';
import { DEFAULT_ONLINE_SETTINGS, type OnlineSettings } from '../../src/online/settings.ts';
import type { Phase } from '../../src/clearing/phase.ts';
import type { WorldDefinition } from '../../src/clearing/world.ts';
import { at, coreAt, deal, participant, PASSWORD, series, side, user } from '../support/world.ts';

/** Host names of Appendix C. */
export const HOSTS = ['pgencdw001', 'pgencdw002', 'pgenrgw001', 'pgenrgw002'].map((name) => `${name}.hkex.com.hk`);

/** A world with something on every page. */
export const BUSY_WORLD: Partial<WorldDefinition> = {
  participants: [
    participant('CABC', {
      users: [
        user('BU_CABC101'),
        user('BU_CABC102', 'expired'),
        user('BU_CABC103', 'locked'),
        user('BU_CABC104', 'suspended'),
        user('BU_CABC105', 'expiring'),
        user('BU_CABC106', 'change-required'),
        user('BU_CABC201'),
        user('BU_CABC202'),
        user('BO_CABC801'),
      ],
    }),
    participant('CXYZ'),
    participant('CFAR', { authorisedRanges: ['10.151.0.0/16'] }),
  ],
  deals: [
    deal({ quantity: 1_250, price: 29_500, matchedAt: at('06:31') }),
    deal({ series: series('HKB65.00E9').name, quantity: 40, price: 1_205, matchedAt: at('06:32') }),
    { ...deal(), buyer: { ...side('CABC', 'OMNI1'), customerInfo: '=1+1,"x"' }, quantity: 3, matchedAt: at('06:33') },
  ],
  positions: [
    {
      participant: 'CABC' as CustomerCode,
      account: 'OMNI1' as AccountId,
      series: series('HSI28000E9').name,
      held: 12_000,
      written: 7,
    },
  ],
};

export interface Site extends AsyncDisposable {
  readonly core: ClearingCore;
  readonly clock: { now: ReturnType<typeof at> };
  readonly online: OnlineGateways;
  readonly journal: Journal;
  readonly caFile: string;
  browser(gateway?: number): Browser;
}

export interface SiteOptions {
  readonly at?: string;
  readonly phase?: Phase;
  readonly world?: Partial<WorldDefinition>;
  readonly settings?: Partial<OnlineSettings>;
  readonly shared?: boolean;
  readonly gateways?: number;
  readonly wall?: Pick<typeof wallClock, 'transportNow'> & Partial<Pick<typeof wallClock, 'after'>>;
}

/** Gateways at port 0 of 127.0.0.1 in front of the real clearing core. */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const { core, clock } = coreAt(options.at ?? '09:30', {
    world: options.world ?? BUSY_WORLD,
    phase: options.phase ?? 'enquiry-only',
  });
  const journal = startJournal({ now: () => core.now(), wall: wallClock });
  const resources = new Disposables();
  const online = await startOnlineGateways({
    gateways: HOSTS.slice(0, options.gateways ?? 1).map((host, index) => ({
      number: (index + 1) as 1 | 2 | 3 | 4,
      name: `online-${index + 1}`,
      host,
      address: '127.0.0.1',
      port: 0,
      tls: options.shared ? certificateOf(host) : certificateOf('all'),
    })),
    shared: options.shared ?? false,
    defaultTls: certificateOf('all'),
    core,
    journal,
    settings: { ...DEFAULT_ONLINE_SETTINGS, ...options.settings },
    wall: { ...wallClock, ...options.wall },
  });
  resources.use(online);
  return {
    core,
    clock,
    online,
    journal,
    caFile: path.join(trustFolder(), 'ca.pem'),
    browser: (gateway = 1) => new Browser(portOf(online, gateway), HOSTS[gateway - 1] ?? ''),
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  };
}

export function portOf(online: OnlineGateways, gateway = 1): number {
  const port = online.gateways.find(({ number }) => number === gateway)?.port;
  if (port === undefined) throw new Error(`no gateway ${gateway}`);
  return port;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** As much of a browser as the tests need: cookies, forms with their hidden fields, redirects on demand. */
export class Browser {
  readonly #port: number;
  readonly #host: string;
  readonly #address: string;
  readonly #ca: string | undefined;
  readonly cookies = new Map<string, string>();
  csrf = '';

  /** Without an address and a CA: those of `startSite`. */
  constructor(port: number, host: string, { address = '127.0.0.1', ca }: { address?: string; ca?: string } = {}) {
    this.#port = port;
    this.#host = host;
    this.#address = address;
    this.#ca = ca;
  }

  get(target: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', target, undefined, headers);
  }

  /** Posts a form with the session's token. */
  post(
    target: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams({ csrf: this.csrf, ...fields }).toString();
    return this.send('POST', target, body, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  }

  async login(name: string, password = PASSWORD): Promise<Answer> {
    const answer = await this.post('/login', { username: name, password });
    if (answer.status === 303) await this.get('/positions');
    return answer;
  }

  async send(
    method: string,
    target: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const request = httpsRequest(
        {
          host: this.#address,
          port: this.#port,
          servername: this.#host,
          ca: this.#ca ?? readFileSync(path.join(trustFolder(), 'ca.pem')),
          agent: false,
          method,
          path: target,
          headers: {
            host: `${this.#host}:${this.#port}`,
            cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
    for (const line of (answer.headers['set-cookie'] ?? []) as readonly string[]) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    this.csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.csrf;
    return answer;
  }
}

let folder: string | undefined;

/** A throw-away CA and certificates, made once for a test file. */
function trustFolder(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(path.join(tmpdir(), 'dcass-online-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  const openssl = (...args: readonly string[]): unknown => execFileSync('openssl', args, { cwd: made, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA');
  for (const name of ['all', ...HOSTS]) {
    const names = name === 'all' ? [...HOSTS.map((host) => `DNS:${host}`), 'IP:127.0.0.1'] : [`DNS:${name}`];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-days',
      '2',
      '-subj',
      '/CN=test',
      '-addext',
      `subjectAltName=${names.join(',')}`,
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    );
  }
  folder = made;
  return made;
}

function certificateOf(name: string): GatewayTls {
  const read = (extension: string): string => readFileSync(path.join(trustFolder(), `${name}.${extension}`), 'utf8');
  return { key: read('key'), cert: read('pem') };
}
