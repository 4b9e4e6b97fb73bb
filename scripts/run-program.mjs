import { spawn } from 'node:child_process';

/**
 * Runs a program to its end; never throws.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { capture?: boolean }} options
 *   `capture` keeps the output instead of showing it.
 * @returns {Promise<{ code: number, output: string }>} 127 when the program is not there, 128 + n after signal n.
 */
export function runProgram(command, args, { capture = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    // A terminal's Ctrl-C reaches the child by itself: here it is only kept from ending us before the child.
    const stay = () => {};
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', stay).on('SIGTERM', passOn).on('SIGHUP', passOn);
    const end = (code) => {
      process.off('SIGINT', stay).off('SIGTERM', passOn).off('SIGHUP', passOn);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code, signal) => end(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1)));
  });
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
