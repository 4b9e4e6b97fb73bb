import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { boundaryTroubles } from './boundaries.ts';

const ROOT = path.join(import.meta.dirname, '../..');

test('the sources keep the dependency directions of the design', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.split(path.sep).join('/')}`);
  expect(files.length).toBeGreaterThan(20);
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
  expect(boundaryTroubles(texts)).toEqual([]);
});

test.each([
  ['a window imports another window', 'src/oapi/a.ts', `import { b } from '../online/b.ts';`],
  ['a window imports the simulator', 'src/sftp/a.ts', `import type { Simulator } from '../simulator.ts';`],
  ['a window imports the simulator lazily', 'src/mail/a.ts', `const s = await import('../simulator.ts');`],
  ['the host imports a window', 'src/host/a.ts', `export { b } from '../control/b.ts';`],
  ['the model imports the journal', 'src/clearing/a.ts', `import '../journal/entry.ts';`],
  ['time imports the model', 'src/time/a.ts', `import {\n  type B,\n} from '../clearing/b.ts';`],
  ['the simulator imports the command line', 'src/simulator.ts', `import { b } from './cli/b.ts';`],
  ['a client imports what decides an answer', 'src/oapi-client/a.ts', `import { b } from '../oapi/session.ts';`],
  ['a folder has an empty name', 'src/online/helpers/a.ts', ''],
  ['a folder is not in the table', 'src/extras/a.ts', ''],
  ['a window listens by itself', 'src/online/a.ts', 'server.listen(8082);'],
])('it is told when %s', (_what, file, text) => {
  expect(boundaryTroubles(new Map([[file, text]]))).toHaveLength(1);
});

test.each([
  ['src/cli/up.ts', `import { startSimulator } from '../simulator.ts';`],
  ['src/simulator.ts', `import { startOapi } from './oapi/start.ts';`],
  ['src/online/pages/login.ts', `import { listen } from '../../host/listen.ts'; import { a } from '../table.ts';`],
  ['src/time/clock.ts', `import { SimError } from '../sim-error.ts';`],
  ['src/oapi-client/a.ts', `import { b } from '../oapi/frame.ts'; import { c } from '../oapi/dictionary/codec.ts';`],
  ['src/host/listen.ts', 'server.listen({ port });'],
  ['src/oapi/a.ts', `// import { b } from '../online/b.ts';`],
])('%s may do what it should', (file, text) => {
  expect(boundaryTroubles(new Map([[file, text]]))).toEqual([]);
});
