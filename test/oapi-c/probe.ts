import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { clientPath, type RealClient } from '../support/real-clients.ts';

const LIBRARY = fileURLToPath(new URL('../../clients/oapi-c/', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('./', import.meta.url));

/** `make` of the library; `what` is one of its targets. Returns the folder of what it built. */
export function make(what: 'linux' | '32' | 'windows' | 'windows-32'): string {
  const to = mkdtempSync(join(tmpdir(), 'dcass-sim-oapi-c-'));
  execFileSync(clientPath('make'), ['-s', '-C', LIBRARY, what, `BUILD=${to}`, `CC=${clientPath('gcc')}`]);
  return what === 'linux' ? to : join(to, what);
}

/** A program of this folder beside a library that `make` built, found by its name when it starts. */
export function link(compiler: RealClient, program: string, library: string, ...flags: readonly string[]): string {
  const to = join(library, `${program}.exe`);
  const source = join(PROGRAMS, `${program}.c`);
  execFileSync(clientPath(compiler), [...flags, `-I${LIBRARY}`, '-o', to, source, `-L${library}`, '-loapi']);
  return to;
}

/** Compiles a program of this folder with the library's sources, warnings as errors; returns its path. */
export function compile(program: string, ...flags: readonly string[]): string {
  return compileFile(join(PROGRAMS, `${program}.c`), flags);
}

/** The same for an example of the library. */
export function compileExample(program: string, ...flags: readonly string[]): string {
  return compileFile(join(LIBRARY, 'examples', `${program}.c`), flags);
}

function compileFile(file: string, flags: readonly string[]): string {
  const sources = readdirSync(join(LIBRARY, 'src')).filter((file) => file.endsWith('.c'));
  const to = join(mkdtempSync(join(tmpdir(), 'dcass-sim-oapi-c-')), 'program');
  execFileSync(clientPath('gcc'), [
    '-std=c11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-pthread',
    '-g',
    `-I${LIBRARY}`,
    ...flags,
    '-o',
    to,
    file,
    ...sources.map((file) => join(LIBRARY, 'src', file)),
  ]);
  return to;
}

/** What a call of the library returned. */
export interface Returned {
  readonly completion: number;
  readonly status: number;
  readonly length: number;
  readonly bytes: Buffer;
  /** Of a query or transaction: transaction id, order id, and what stands behind them in memory. */
  readonly ids: readonly string[];
}

/** probe.c, running: a C program that calls what it is told to. */
export interface Probe extends AsyncDisposable {
  /** What it has said on standard error: all of it once it has been disposed of. */
  said(): string;
  call(line: string): Promise<Returned>;
}

/** What a program is started with: wine, valgrind and its options, or nothing. */
export type Launcher = readonly string[];

/** Whatever valgrind finds ends the program with a code of its own. */
export function valgrind(): Launcher {
  return [clientPath('valgrind'), '--quiet', '--error-exitcode=9', '--leak-check=full', '--show-leak-kinds=all'];
}

export function startProbe(path: string, env: Record<string, string> = {}, under: Launcher = []): Probe {
  const [command, ...args] = [...under, path];
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=1', UBSAN_OPTIONS: 'halt_on_error=1', ...env },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    said: () => said,
    async call(line) {
      child.stdin.write(`${line}\n`);
      const next = await lines.next();
      if (next.done) throw new Error(`the program ended at "${line}": ${said}`);
      const words = next.value.split(' ');
      const ids = /^(query|tx) /.test(line) ? words.splice(0, 3) : [];
      const [completion = '', status = '', length = '', bytes = ''] = words;
      if (completion === '?') throw new Error(`the program does not know "${line}"`);
      return {
        completion: Number(completion),
        status: Number(status),
        length: Number(length),
        bytes: Buffer.from(bytes, 'hex'),
        ids,
      };
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      const [code, signal] = await ended;
      // A leak or a fault that the compiler's checks found ends the program with a code.
      if (code !== 0) throw new Error(`the program ended with ${code ?? signal}: ${said}`);
    },
  };
}
