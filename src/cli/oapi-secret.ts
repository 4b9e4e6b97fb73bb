import { readFileSync } from 'node:fs';
import { Secret } from '../clearing/secret.ts';
import { SimError } from '../sim-error.ts';

/** The first line of a file. */
export function secretIn(file: string): Secret {
  try {
    return new Secret(readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '');
  } catch (error) {
    throw new SimError('SIM_OPTION_INVALID', `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Asks at the terminal; what is typed is not shown. */
export function askSecret(question: string): Promise<Secret> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (): void => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const take = (chunk: Buffer): void => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') {
          end();
          resolve(new Secret(typed));
          return;
        }
        if (letter === '\u0003' || letter === '\u0004') {
          end();
          reject(new SimError('SIM_OPTION_INVALID', 'no password was given'));
          return;
        }
        typed = letter === '\u007f' || letter === '\b' ? typed.slice(0, -1) : typed + letter;
      }
    };
    stdin.on('data', take);
  });
}
