// Everything between a fresh clone and a first run, with nothing but Node: this file and what it imports
// first must not import a package.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from '../bin/require-node.mjs';
import { runProgram } from './run-program.mjs';
import { lockFor } from './set-up-lock.mjs';
import { say, secondsSince } from './talk.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Installs and builds what is missing or out of date, and nothing else. Ends the process with code 3
 * (could not start) when it fails: there is nothing that a caller could do about it.
 * @param {{ root?: string, build?: boolean }} options
 */
export async function setUp({ root = ROOT, build = true } = {}) {
  requireNode();
  const unlock = await lockFor(root);
  try {
    await install(root);
    if (build) await (await import('./build.mjs')).build(root);
    unlock();
  } catch (error) {
    unlock();
    say(error.message);
    process.exit(3);
  }
}

async function install(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  // npm writes this file as the last act of an installation, so that a half-finished one has none.
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  if (Object.keys(wanted).every((name) => isInstalled(wanted[name], installed[name]))) return;
  const count = Object.values(wanted).filter(isForThisMachine).length;
  const why = Object.keys(installed).length > 0 ? 'package-lock.json has changed' : 'first start only';
  say(`Installing ${count} packages (${why}) ...`);
  const startedAt = performance.now();
  const { code, output } = await runNpm(root, ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error(`${output}\nnpm ci failed with exit code ${code}; what it said is above.`);
  say(`Installed in ${secondsSince(startedAt)}.`);
}

/** @returns {Record<string, { version?: string, optional?: boolean, os?: string[], cpu?: string[] }>} by folder, without the project itself. */
function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return {};
  const { '': _project, ...packages } = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return packages;
}

function isInstalled(wanted, installed) {
  return installed ? installed.version === wanted.version : Boolean(wanted.optional);
}

function isForThisMachine({ os = [process.platform], cpu = [process.arch] }) {
  return os.includes(process.platform) && cpu.includes(process.arch);
}

function runNpm(root, args) {
  // Under `npm start` it is the same npm that runs us; otherwise the one on the path.
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own)) {
    return runProgram(process.execPath, [own, ...args], { cwd: root, capture: true });
  }
  return runProgram('npm', args, { cwd: root, capture: true, shell: process.platform === 'win32' });
}
