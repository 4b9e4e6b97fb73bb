// The least that an HTTPS server with one page costs: one certificate from disk, one listener.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';

const folder = join(tmpdir(), 'dcass-bench-certificate');
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
if (!existsSync(cert)) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '30',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  );
}
const app = fastify({ https: { key: readFileSync(key), cert: readFileSync(cert) } });
app.get('/', () => 'hello');
const url = await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready ${url}/`);
process.once('SIGTERM', () => process.exit(0));
