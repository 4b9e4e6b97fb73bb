// Starts DCASS Online and its peers. Each peer answers with the bytes that DCASS Online answered with a moment before,
// and has its key and certificate.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDay, loginBody, LOGIN_USERS } from './day.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** @returns the servers by name, the cookies of two sessions, and `stop` */
export async function startServers(scratch) {
  const children = [];
  const stop = () => children.forEach((child) => child.kill('SIGTERM'));
  try {
    const { server, key, cert } = await startOurs(children, scratch);
    const { cookies, login, small, large } = await captureAnswers(server.port);
    const canned = join(scratch, 'canned');
    mkdirSync(canned);
    writeFileSync(join(canned, 'key.pem'), key);
    writeFileSync(join(canned, 'cert.pem'), cert);
    const answers = [
      { method: 'POST', path: '/login', ...login },
      { method: 'GET', path: '/positions', ...small },
      { method: 'GET', path: '/positions-large', ...large },
    ];
    writeFileSync(join(canned, 'answers.json'), JSON.stringify(answers));
    const servers = {
      'dcass-sim': server,
      'fastify https': await startFastify(children, canned),
      mountebank: await startMountebank(children, scratch, { login, key, cert }),
      WireMock: await startWireMock(children, scratch, { login, canned }),
    };
    return { servers, cookies, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

async function startOurs(children, scratch) {
  const stateDir = join(scratch, 'state');
  mkdirSync(stateDir);
  const { said, pid } = await start(
    children,
    'dcass-sim',
    [process.execPath, join(here, 'dcass.mjs'), benchDay(scratch), stateDir],
    (text) => /^\{"ready":true.*\n/m.exec(text)?.[0],
  );
  const { url, host } = JSON.parse(said).online[0];
  const pem = readFileSync(join(stateDir, 'certs', 'local', `${host}.pem`), 'utf8');
  const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----\n?/g);
  return {
    server: { port: Number(new URL(url).port), pid },
    key: blocks.filter((block) => block.includes('PRIVATE KEY')).join(''),
    cert: blocks.filter((block) => !block.includes('PRIVATE KEY')).join(''),
  };
}

async function captureAnswers(port) {
  const login = await ask(port, 'POST', '/login', {}, loginBody('BU_CABC101'));
  const cookies = {
    small: cookieOf(login),
    large: cookieOf(await ask(port, 'POST', '/login', {}, loginBody('BU_CXYZ101'))),
  };
  const small = await ask(port, 'GET', '/positions?size=1000', { cookie: cookies.small });
  const large = await ask(port, 'GET', '/positions?size=10000', { cookie: cookies.large });
  expectRows(small, 100);
  expectRows(large, 10_000);
  return { cookies, login, small, large };
}

async function startFastify(children, canned) {
  const command = [process.execPath, join(here, 'fastify.mjs'), canned];
  const { said, pid } = await start(children, 'fastify https', command, (text) => /ready (\d+)/.exec(text)?.[1]);
  return { port: Number(said), pid };
}

async function startMountebank(children, scratch, { login, key, cert }) {
  const [control, port] = [await freePort(), await freePort()];
  const imposters = join(scratch, 'imposters.json');
  // mountebank closes each connection unless the canned answer says otherwise.
  const headers = { ...login.headers, connection: 'keep-alive' };
  const predicates = [{ equals: { method: 'POST', path: '/login' } }];
  const stubs = [{ predicates, responses: [{ is: { statusCode: login.status, headers, body: login.body } }] }];
  writeFileSync(imposters, JSON.stringify({ imposters: [{ port, protocol: 'https', key, cert, stubs }] }));
  const mb = join(here, 'node_modules', 'mountebank', 'bin', 'mb');
  const quiet = ['--nologfile', '--localOnly', '--loglevel', 'warn', '--protofile', join(scratch, 'none.json')];
  const files = ['--configfile', imposters, '--pidfile', join(scratch, 'mb.pid')];
  const command = [process.execPath, mb, 'start', '--port', String(control), ...files, ...quiet];
  const { pid } = await start(children, 'mountebank', command, () => isReady(port));
  return { port, pid };
}

async function startWireMock(children, scratch, { login, canned }) {
  const [plain, port] = [await freePort(), await freePort()];
  const home = join(scratch, 'wiremock');
  mkdirSync(join(home, 'mappings'), { recursive: true });
  const mapping = {
    request: { method: 'POST', urlPath: '/login' },
    response: { status: login.status, headers: login.headers, body: login.body },
  };
  writeFileSync(join(home, 'mappings', 'login.json'), JSON.stringify(mapping));
  const store = join(scratch, 'store.p12');
  const pair = ['-inkey', join(canned, 'key.pem'), '-in', join(canned, 'cert.pem')];
  execFileSync('openssl', ['pkcs12', '-export', ...pair, '-out', store, '-passout', 'pass:password']);
  const build = join(here, 'node_modules', 'wiremock', 'build');
  const jar = readdirSync(build).find((name) => name.endsWith('.jar'));
  const command = [
    ['java', '-jar', join(build, jar), '--port', String(plain), '--https-port', String(port)],
    ['--https-keystore', store, '--keystore-type', 'PKCS12', '--keystore-password', 'password'],
    ['--key-manager-password', 'password', '--root-dir', home, '--bind-address', '127.0.0.1'],
    ['--no-request-journal', '--disable-banner'],
  ].flat();
  const { pid } = await start(children, 'WireMock', command, () => isReady(port));
  return { port, pid };
}

/** Starts a server; resolves when `find` finds what it looks for in what the server said. */
async function start(children, name, [command, ...args], find) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  let failed;
  const hear = (chunk) => (text = `${text}${chunk}`.slice(0, 200_000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', (error) => (failed = error));
  for (const from = performance.now(); performance.now() - from < 60_000;) {
    if (failed) throw new Error(`${name} cannot be started: ${failed.message}`);
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}\n${text.slice(-2_000)}`);
    const said = await find(text);
    if (said !== undefined) return { said, pid: child.pid };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} was not ready in 60 s\n${text.slice(-2_000)}`);
}

function isReady(port) {
  return ask(port, 'POST', '/login', {}, loginBody(LOGIN_USERS[0])).then(
    ({ status }) => (status === 303 ? 'yes' : undefined),
    () => undefined,
  );
}

function ask(port, method, path, headers, body) {
  const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const target = { host: '127.0.0.1', port, method, path, rejectUnauthorized: false, agent: false };
  return new Promise((resolve, reject) => {
    const sent = request({ ...target, headers: { ...headers, ...form } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const { date: _d, connection: _c, 'keep-alive': _k, 'content-length': _l, ...kept } = response.headers;
        const plain = Object.entries(kept).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
        resolve({ status: response.statusCode, headers: Object.fromEntries(plain), body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function cookieOf({ status, headers }) {
  if (status !== 303) throw new Error(`the login was answered with ${status}`);
  return headers['set-cookie'].split(';')[0];
}

function expectRows({ status, body }, rows) {
  const found = (body.match(/<tr>/g) ?? []).length;
  if (status !== 200 || found < rows) throw new Error(`the page has ${found} rows, not ${rows} (status ${status})`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
