import { randomBytes } from 'node:crypto';
import { AbstractStartedContainer, GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';

/** Ports inside the container, by window. */
const PORTS = { online: 8082, oapi: [15001, 15002], sftp: 2022, mail: 2525, control: 8092 } as const;

/** The four hosts of DCASS Online, by gateway number. */
const HOSTS = ['pgencdw001.hkex.com.hk', 'pgencdw002.hkex.com.hk', 'pgenrgw001.hkex.com.hk', 'pgenrgw002.hkex.com.hk'];

const STARTS_WITHIN_MS = 60_000;

/** A place that a client connects to: the container engine's host, and the port that it mapped. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * A simulated DCASS day in a container. The simulator's own Dockerfile makes the image; there is none in a registry.
 *
 *     const dcass = await new DcassSimContainer('dcass-sim').withDay('verification-day', { at: '09:00' }).start();
 */
export class DcassSimContainer extends GenericContainer {
  readonly #token = randomBytes(24).toString('base64url');

  constructor(image: string) {
    super(image);
    this.withExposedPorts(PORTS.online, ...PORTS.oapi, PORTS.sftp, PORTS.mail, PORTS.control)
      .withEnvironment({ DCASS_SIM_CONTROL_TOKEN: this.#token })
      .withWaitStrategy(Wait.forHttp('/readyz', PORTS.control))
      .withStartupTimeout(STARTS_WITHIN_MS)
      .withDay('verification-day', { at: '09:00' });
  }

  /**
   * @param scenario a shipped day by its name, or a file that was copied into the container
   * @param options.at Hong Kong time to which the day is moved before it is ready, "09:00"
   * @param options.clock default `paused`: tests move the time themselves
   */
  withDay(scenario: string, { at, clock = 'paused' }: { at?: string; clock?: 'paused' | 'running' } = {}): this {
    const begin = at === undefined ? [] : ['--at', at];
    return this.withCommand(['up', scenario, '--clock', clock, ...begin, '--json']);
  }

  override async start(): Promise<StartedDcassSimContainer> {
    return new StartedDcassSimContainer(await super.start(), this.#token);
  }
}

/** A day that runs in a container, and how clients reach it from outside. */
export class StartedDcassSimContainer extends AbstractStartedContainer {
  /** Bearer token of the control API. */
  readonly controlToken: string;

  constructor(started: StartedTestContainer, controlToken: string) {
    super(started);
    this.controlToken = controlToken;
  }

  /** `http://localhost:49160`; `/openapi.json` there describes it. */
  get controlUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(PORTS.control)}`;
  }

  /**
   * One gateway of DCASS Online. All four share a port and are told apart by name: resolve `name` to `host`, as with
   * curl's `--connect-to`, so that the certificate fits.
   * @param gateway 1 to 4
   */
  online(gateway = 1): Endpoint & { readonly name: string; readonly url: string } {
    const name = HOSTS[gateway - 1];
    if (name === undefined) throw new RangeError(`DCASS Online has gateways 1 to ${HOSTS.length}, and no ${gateway}`);
    const port = this.getMappedPort(PORTS.online);
    return { host: this.getHost(), port, name, url: `https://${name}:${port}/login` };
  }

  /** Both OAPI gateways. */
  get oapi(): readonly Endpoint[] {
    return PORTS.oapi.map((port) => this.#at(port));
  }

  get sftp(): Endpoint {
    return this.#at(PORTS.sftp);
  }

  get mail(): Endpoint {
    return this.#at(PORTS.mail);
  }

  /** The local CA, PEM. */
  async ca(): Promise<string> {
    const { files } = (await this.control('GET', '/v1/ready')) as { files: { ca: string } };
    return this.#read(files.ca);
  }

  /** The private key of an SFTP user, PEM. @param user a customer code of the day, "CABC" */
  async sftpKey(user: string): Promise<string> {
    const { files } = (await this.control('GET', '/v1/ready')) as { files: { keys: Record<string, string> } };
    const file = files.keys[user];
    if (file === undefined)
      throw new RangeError(`the day has no SFTP user ${user}; it has ${Object.keys(files.keys).join(', ')}`);
    return this.#read(file);
  }

  /** Moves business time: a time of the day, "12:00". Answers when all that was due is done. */
  async advanceTo(to: string): Promise<void> {
    await this.control('POST', '/v1/clock/advance', { to });
  }

  /** Any call of the control API; throws with its problem text when it is refused. */
  async control(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.controlUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.controlToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  #at(port: number): Endpoint {
    return { host: this.getHost(), port: this.getMappedPort(port) };
  }

  async #read(file: string): Promise<string> {
    const { exitCode, output } = await this.exec(['cat', file]);
    if (exitCode !== 0) throw new Error(`the container has no ${file}: ${output}`);
    return output;
  }
}
