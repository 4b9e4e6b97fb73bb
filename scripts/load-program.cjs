'use strict';
// Loads the program, once in a process. Copied into dist/ by the build.
//
// Compiling it is a quarter of a start. V8 can keep what it compiled, so the build keeps it for the Node that builds, and the
// command line for any other Node that it runs on. Node 22 does so itself where it is asked to (bin/dcass-sim.mjs).
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script, compileFunction } = require('node:vm');

const START = join(__dirname, 'start.cjs');
const COMPILED = join(__dirname, `start.${process.version}-${process.arch}.compiled`);
const PARAMETERS = ['exports', 'require', 'module', '__dcassUrl'];

// V8 looks at the length of the script and at its own version; it would run whatever else has become of the bytes.
// An accident is looked for and no attack, so the faster digest will do.
const DIGEST_LENGTH = 20;
const digestOf = (bytes) => createHash('sha1').update(bytes).digest();

const kept = read(COMPILED);
const cachedData =
  kept && digestOf(kept.subarray(DIGEST_LENGTH)).equals(kept.subarray(0, DIGEST_LENGTH))
    ? kept.subarray(DIGEST_LENGTH)
    : undefined;
let script;

// Node's own way compiles the whole of it for its own cache, where it keeps one.
const isNodesOwn = kept === undefined && nodeModule.getCompileCacheDir?.() !== undefined;
const parts = isNodesOwn ? require(START) : compile();
const made = new Map();

exports.program = part('program.js');

/**
 * Keeps what has been compiled by now for the next start, unless something is kept already: where V8 does not take it,
 * because of flags, it would be written at each end. Nobody is told of a failure: a package that cannot be written is as
 * fast as it was.
 */
exports.keepCompiled = () => {
  if (!script || kept !== undefined) return;
  const aside = `${COMPILED}.${process.pid}`;
  try {
    const compiled = script.createCachedData();
    writeFileSync(aside, Buffer.concat([digestOf(compiled), compiled]));
    renameSync(aside, COMPILED);
  } catch {
    rmSync(aside, { force: true });
  }
};

/** A part of the program, which is evaluated when it is first asked for. */
function part(name) {
  const known = made.get(name);
  if (known) return known.exports;
  const file = join(__dirname, 'parts', name);
  const evaluate = parts[name] ?? compileFunction(readFileSync(file, 'latin1'), PARAMETERS, { filename: file });
  const asked = { exports: {} };
  made.set(name, asked);
  evaluate.call(asked.exports, asked.exports, ask, asked, pathToFileURL(file).href);
  return asked.exports;
}

/** What parts import: other parts, packages of this folder, and what Node has. */
function ask(name) {
  return name.startsWith('./') && !name.startsWith('./packages/') ? part(name.slice(2)) : require(name);
}

function compile() {
  // The build writes ASCII only, which is read faster as what it also is.
  script = new Script(nodeModule.wrap(readFileSync(START, 'latin1')), { filename: START, cachedData });
  const start = { exports: {} };
  script.runInThisContext()(start.exports, require, start, START, __dirname);
  return start.exports;
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
