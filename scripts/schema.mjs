// Writes scenarios/scenario.schema.json from the validator; with --check fails when the file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const target = new URL('../scenarios/scenario.schema.json', import.meta.url);

const { outputFiles } = await build({
  stdin: {
    contents: "export { scenarioJsonSchema } from './src/scenario/json-schema.ts';",
    resolveDir: new URL('..', import.meta.url).pathname,
    loader: 'ts',
  },
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
});
const bundle = { exports: {} };
// oxlint-disable-next-line no-new-func -- our own bundle, made a line above.
new Function('module', 'exports', 'require', outputFiles[0].text)(
  bundle,
  bundle.exports,
  createRequire(import.meta.url),
);
const text = `${JSON.stringify(bundle.exports.scenarioJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(target, text);
  console.error('written: scenarios/scenario.schema.json');
} else if ((await readFile(target, 'utf8').catch(() => '')) === text) {
  console.error('scenarios/scenario.schema.json is up to date');
} else {
  console.error('scenarios/scenario.schema.json is stale; run: node scripts/schema.mjs');
  process.exitCode = 1;
}
