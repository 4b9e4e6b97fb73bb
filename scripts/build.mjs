// Bundles the sources into dist/, which needs no package at run time, and writes the type declarations of the library:
//
//   start.cjs     what a start needs, of command line and library alike
//   parts/        the rest of our own code, and packages/: each is loaded when somebody first uses it
//   *.compiled    what V8 compiled of start.cjs until a day was ready, for the Node that builds
//   load.cjs      loads them, for the command line; index.js, the library, does so by it
//   vitest.js, client.js   the other entries
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  'scripts/keep-compiled.mjs',
  'scripts/load-program.cjs',
];
// Command line and library, from their sources; and what of them a start needs at once.
const PROGRAM = `export * from './index.ts'; export const commandLine = () => import('./cli/main.ts');`;
const AT_ONCE = ['src/cli/main.ts', 'src/cli/up.ts'];

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
      bundle(root, fresh),
      declare(root, path.join(fresh, 'types')),
      readShippedDays(root, path.join(fresh, 'scenarios'), aside),
    ]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    writeFileSync(path.join(fresh, '.stamp'), hash);
    if (existsSync(dist)) renameSync(dist, path.join(aside, 'old'));
    renameSync(fresh, dist);
    // Where it stays: what V8 compiled says in each stack where the script lay.
    await keepCompiled(root, dist, path.join(aside, 'state'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  say(`Built dist in ${secondsSince(startedAt)}.`);
}

/** What all bundles have in common. */
const SHARED = {
  bundle: true,
  platform: 'node',
  // Lowers `using` and `await using`, which Node 20 does not know.
  target: 'node20.19',
  // Names stay, so that a stack can be read; lines stay short, because Node prints the one that threw.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  legalComments: 'external',
  logLevel: 'warning',
};

/** CommonJS, because V8 keeps what it compiled of a script and, before Node 22, not of an ES module. */
const COMMON_JS = { ...SHARED, format: 'cjs', supported: { 'dynamic-import': false } };

async function bundle(root, outdir) {
  const esbuild = await import('esbuild');
  const packages = new Set();
  const { outputFiles, metafile } = await esbuild.build({
    ...SHARED,
    absWorkingDir: root,
    stdin: { contents: PROGRAM, resolveDir: path.join(root, 'src'), sourcefile: 'program.ts', loader: 'ts' },
    outdir,
    // What is imported lazily becomes a file of its own, and costs a start nothing.
    splitting: true,
    format: 'esm',
    chunkNames: '[name]-[hash]',
    entryNames: 'program',
    define: { 'import.meta.url': '__dcassUrl' },
    plugins: [unusedParts, latePackages(packages)],
    metafile: true,
    write: false,
  });
  await writeParts(outdir, outputFiles, startOf(metafile, path.relative(root, outdir)));
  await Promise.all([
    esbuild.build({
      ...COMMON_JS,
      absWorkingDir: root,
      entryPoints: Object.fromEntries([...packages].map((name) => [fileNameOf(name), `late-package:${name}`])),
      outdir: path.join(outdir, 'packages'),
      outExtension: { '.js': '.cjs' },
      plugins: [nativeAddons, unusedParts, wholePackages(root)],
    }),
    esbuild.build({
      ...SHARED,
      absWorkingDir: root,
      entryPoints: { client: 'src/client/client.ts', vitest: 'src/vitest.ts' },
      outdir,
      format: 'esm',
      // The fixture is part of its user's own vitest.
      external: ['vitest'],
      plugins: [theProgram],
    }),
  ]);
  copyFileSync(fileURLToPath(new URL('load-program.cjs', import.meta.url)), path.join(outdir, 'load.cjs'));
  const { program } = createRequire(import.meta.url)(path.join(outdir, 'load.cjs'));
  const names = Object.keys(program).filter((name) => name !== 'commandLine');
  const index = `import { program } from './load.cjs';\nexport const { ${names.join(', ')} } = program;\n`;
  writeFileSync(path.join(outdir, 'index.js'), index);
}

/** The names of the files that a start needs: those of {@link AT_ONCE}, and what they import at once. */
function startOf({ outputs }, folder) {
  const found = new Set();
  const add = (file) => {
    const output = outputs[file];
    if (!output || found.has(file)) return;
    found.add(file);
    for (const { path: imported, kind } of output.imports) if (kind === 'import-statement') add(imported);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    if (path.basename(file) === 'program.js' || AT_ONCE.includes(entryPoint)) add(file);
  }
  return new Set([...found].map((file) => path.relative(folder, file)));
}

/** Writes ES modules as CommonJS for load-program.cjs: those of a start into one script, each other one into a file. */
async function writeParts(outdir, outputFiles, start) {
  const esbuild = await import('esbuild');
  mkdirSync(path.join(outdir, 'parts'), { recursive: true });
  const parts = await Promise.all(
    outputFiles.map(async ({ path: file, text }) => {
      const name = path.relative(outdir, file);
      // A licence's text goes along as it is.
      if (!name.endsWith('.js')) return { name, code: text };
      const { bundle: _whole, legalComments: _external, ...options } = COMMON_JS;
      return { name, code: (await esbuild.transform(text, { ...options, sourcefile: 'part.mjs' })).code };
    }),
  );
  const atOnce = parts.filter(({ name }) => start.has(name));
  const members = atOnce.map(({ name, code }) => `${JSON.stringify(name)}(exports,require,module,__dcassUrl){${code}}`);
  writeFileSync(path.join(outdir, 'start.cjs'), `module.exports = ({\n${members.join(',\n')}\n})\n`);
  for (const { name, code } of parts) if (!start.has(name)) writeFileSync(path.join(outdir, 'parts', name), code);
}

/** Best effort: a program that cannot be started here is told of by whoever starts it. */
async function keepCompiled(root, dist, stateDir) {
  const script = fileURLToPath(new URL('keep-compiled.mjs', import.meta.url));
  await runProgram(process.execPath, [script, dist, stateDir], { cwd: root, capture: true });
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
 * What packages carry and we never use. Fastify has two schema compilers (no route declares a schema), a
 * logger (ours is the journal) and a test client. They are half of its code, and a start would compile all of
 * it. Whoever comes to use one is told by its name.
 */
const unusedParts = {
  name: 'unused-parts',
  setup(context) {
    // Commander starts programs for subcommands that are files of their own; ours are none.
    context.onResolve({ filter: /^node:child_process$/ }, ({ path: name, importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path: name, namespace: 'unused-part' } : undefined,
    );
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

/** Packages that are imported by what is itself imported lazily. */
const LATE = /^(fastify$|@fastify\/|@peculiar\/x509$|reflect-metadata$|yaml$)/;

/** Leaves packages that a start does not need out of the program; each becomes a file of its own. */
function latePackages(found) {
  return {
    name: 'late-packages',
    setup(context) {
      context.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
        if (isBuiltin(name) || kind === 'entry-point') return undefined;
        if (kind !== 'dynamic-import' && !LATE.test(name)) return undefined;
        found.add(name);
        return { path: `./packages/${fileNameOf(name)}.cjs`, external: true };
      });
    },
  };
}

/** The files of packages: a package as it is for who requires it. */
function wholePackages(root) {
  return {
    name: 'whole-packages',
    setup(context) {
      context.onResolve({ filter: /^late-package:/ }, ({ path: asked }) => ({
        path: asked.slice('late-package:'.length),
        namespace: 'late-package',
      }));
      context.onLoad({ filter: /.*/, namespace: 'late-package' }, ({ path: name }) => ({
        contents: `module.exports = require(${JSON.stringify(name)});`,
        resolveDir: root,
      }));
    },
  };
}

function fileNameOf(packageName) {
  return packageName.replaceAll('/', '+');
}

/** The fixture starts simulators of the program that is there, not of a second copy. */
const theProgram = {
  name: 'the-program',
  setup(context) {
    context.onResolve({ filter: /^\.\/simulator\.ts$/ }, () => ({ path: './index.js', external: true }));
  },
};

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
