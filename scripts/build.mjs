// Bundles the sources into dist/: cli.js and index.js, which need no package at run time, and the
// type declarations of the library. Bundling takes a third off the start-up time.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contentHash } from './content-hash.mjs';
import { runProgram } from './run-program.mjs';
import { say, secondsSince } from './talk.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const INPUTS = [
  'src',
  'dictionaries',
  'scenarios',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
];
const ENTRIES = {
  index: 'src/index.ts',
  client: 'src/client/client.ts',
  vitest: 'src/vitest.ts',
  cli: 'src/cli/main.ts',
};

/**
 * Builds when a source has changed since the last build, and says so in one line.
 * @param {string} root the package
 */
export async function build(root = ROOT) {
  const dist = path.join(root, 'dist');
  const stamp = path.join(dist, '.stamp');
  const hash = contentHash(root, INPUTS);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const startedAt = performance.now();
  // Built aside and then moved: whoever starts meanwhile sees the old build or the new one, never a half.
  const aside = path.join(root, 'node_modules/.dcass-sim', String(process.pid));
  const fresh = path.join(aside, 'dist');
  try {
    // Both to their ends, also when one fails: nothing may still write when the folder is removed.
    const parts = await Promise.allSettled([
      bundle(root, fresh, aside),
      declare(root, path.join(fresh, 'types')),
      readShippedDays(root, path.join(fresh, 'scenarios'), aside),
    ]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    writeFileSync(path.join(fresh, '.stamp'), hash);
    if (existsSync(dist)) renameSync(dist, path.join(aside, 'old'));
    renameSync(fresh, dist);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  say(`Built dist in ${secondsSince(startedAt)}.`);
}

async function bundle(root, outdir, scratch) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir,
    bundle: true,
    // What is imported lazily becomes a file of its own, and costs a start nothing.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    // Lowers `using` and `await using`, which Node 20 does not know.
    target: 'node20.19',
    // Names stay, so that a stack can be read; lines stay short, because Node prints the one that threw.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    legalComments: 'external',
    banner: { js: CJS_GLOBALS },
    plugins: [nativeAddons, unusedParts, lazyPackages(scratch)],
    // The fixture is part of its user's own vitest.
    external: ['vitest'],
    logLevel: 'warning',
  });
}

// Reading YAML is a quarter of a start, so the shipped days are read here, once.
async function readShippedDays(root, outdir, scratch) {
  if (!existsSync(path.join(root, 'scenarios'))) return;
  const esbuild = await import('esbuild');
  const outfile = path.join(scratch, 'compile-shipped.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/scenario/compile-shipped.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
  const { compileShipped } = await import(pathToFileURL(outfile).href);
  mkdirSync(outdir, { recursive: true });
  for (const { name, json } of await compileShipped(path.join(root, 'scenarios'))) {
    writeFileSync(path.join(outdir, name), json);
  }
}

// ssh2 and others are CommonJS: they ask for these three, which an ES module does not have.
const CJS_GLOBALS = [
  `import{createRequire as __dcassRequire}from'node:module';`,
  `import{fileURLToPath as __dcassPath}from'node:url';`,
  `const require=__dcassRequire(import.meta.url),__filename=__dcassPath(import.meta.url),__dirname=__dcassPath(new URL('.',import.meta.url));`,
].join('');

/**
 * Native code cannot be bundled. It is asked for at run time: ssh2 takes its addon (twice as fast) where the
 * package is installed and was compiled, and its own JavaScript elsewhere, inside its own `try`.
 */
const nativeAddons = {
  name: 'native-addons',
  setup(context) {
    context.onResolve({ filter: /^cpu-features$/ }, () => ({ path: 'cpu-features', external: true }));
    context.onResolve({ filter: /\.node$/ }, ({ path: asked, resolveDir }) => {
      const inPackages = path.join(resolveDir, asked).split(path.sep).join('/').split('/node_modules/').pop();
      return { path: inPackages, external: true };
    });
  },
};

/**
 * Fastify carries parts that our servers never use: two schema compilers (no route declares a schema), a
 * logger (ours is the journal) and a test client. They are half of its code, and a start would compile all of
 * it. Whoever comes to use one is told by its name.
 */
const unusedParts = {
  name: 'unused-parts',
  setup(context) {
    const parts = /^(@fastify\/ajv-compiler|@fastify\/fast-json-stringify-compiler|light-my-request|pino)$/;
    context.onResolve({ filter: parts }, ({ path: name, importer }) =>
      /node_modules[\\/]fastify[\\/]/.test(importer) ? { path: name, namespace: 'unused-part' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'unused-part' }, ({ path: name }) => ({
      contents: `module.exports = new Proxy(function () {}, {
        apply() { throw new Error(${JSON.stringify(`${name} is left out of the bundle: scripts/build.mjs, unusedParts`)}); },
        get() { return undefined; },
      });`,
    }));
  },
};

/**
 * A package that is imported lazily becomes a chunk, and from a CommonJS package esbuild gives a chunk its
 * default export only: `const { Registry } = await import('prom-client')` would be undefined, in the bundle
 * alone. So each such package gets a small module with the names that Node itself sees.
 */
function lazyPackages(scratch) {
  return {
    name: 'lazy-packages',
    setup(context) {
      context.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, importer }) => {
        if (kind !== 'dynamic-import' || isBuiltin(name)) return undefined;
        // Packages import lazily too: @fastify/cookie does so with cookie.
        const asked = createRequire(importer).resolve(name);
        const names = Object.keys(await import(pathToFileURL(asked).href));
        const lines = names.map((each) =>
          each === 'default'
            ? 'export default all.default;'
            : `const ${each}_ = all.${each}; export { ${each}_ as ${each} };`,
        );
        const file = path.join(scratch, 'lazy', `${name.replaceAll('/', '+')}.mjs`);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, [`import * as all from '${name}';`, ...lines, ''].join('\n'));
        return { path: file };
      });
    },
  };
}

// Types are checked by `npm run check`; here they are only written.
async function declare(root, outDir) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await runProgram(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir], {
    cwd: root,
    capture: true,
  });
  if (code !== 0) throw new Error(`The type declarations could not be written:\n${output}`);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}
