'use strict';
// Loads the program, once in a process. Copied into dist/ by the build.
//
// Compiling it is a quarter of a start. V8 can keep what it compiled, so the build keeps it for the Node that builds, and the
// command line for any other Node that it runs on. Node 22 does so itself where it is asked to (bin/dcass-sim.mjs).
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const FILE = join(__dirname, 'dcass-sim.cjs');
const COMPILED = join(__dirname, `dcass-sim.${process.version}-${process.arch}.compiled`);

// V8 looks at the length of the script and at its own version; it would run whatever else has become of the bytes.
const DIGEST_LENGTH = 32;
const digestOf = (bytes) => createHash('sha256').update(bytes).digest();

const kept = read(COMPILED);
const cachedData =
  kept && digestOf(kept.subarray(DIGEST_LENGTH)).equals(kept.subarray(0, DIGEST_LENGTH))
    ? kept.subarray(DIGEST_LENGTH)
    : undefined;
let script;

exports.program = cachedData === undefined && nodeModule.getCompileCacheDir?.() !== undefined ? require(FILE) : load();

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

function load() {
  // The build writes ASCII only, which is read faster as what it also is.
  script = new Script(nodeModule.wrap(readFileSync(FILE, 'latin1')), { filename: FILE, cachedData });
  const loaded = { exports: {} };
  const asked = nodeModule.createRequire(FILE);
  script.runInThisContext().call(loaded.exports, loaded.exports, asked, loaded, FILE, dirname(FILE));
  return loaded.exports;
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
