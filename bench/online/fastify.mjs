// The least that HTTPS can cost: fastify, which sends the bytes that DCASS Online sent before. Its argument is a folder
// with key.pem, cert.pem and answers.json: [{ method, path, status, headers, body }].
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), 'utf8');
const app = fastify({ https: { key: read('key.pem'), cert: read('cert.pem') } });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, new URLSearchParams(body)),
);
for (const { method, path, status, headers, body } of JSON.parse(read('answers.json'))) {
  app.route({ method, url: path, handler: (_request, reply) => reply.status(status).headers(headers).send(body) });
}
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready ${app.server.address().port}`);
