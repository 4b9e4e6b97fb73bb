// Writes the JSON Schemas from the validators; with --check fails when one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const { outputFiles } = await build({
  stdin: {
    contents: `
      export { scenarioJsonSchema } from './src/scenario/json-schema.ts';
      export { dictionaryJsonSchema } from './src/oapi/dictionary/dictionary-schema.ts';`,
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
const { scenarioJsonSchema, dictionaryJsonSchema } = bundle.exports;

for (const [file, schema] of [
  ['scenarios/scenario.schema.json', scenarioJsonSchema()],
  ['dictionaries/dictionary.schema.json', dictionaryJsonSchema()],
]) {
  const target = new URL(`../${file}`, import.meta.url);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const before = await readFile(target, 'utf8').catch(() => '');
  if (!process.argv.includes('--check')) {
    await writeFile(target, text);
    console.error(`written: ${file}`);
  } else if (before === text) {
    console.error(`${file} is up to date`);
  } else {
    console.error(`${file} is stale; run: node scripts/schema.mjs`);
    process.exitCode = 1;
  }
}
