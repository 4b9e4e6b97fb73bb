import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of one running simulator: files for its clients, readable by their owner only, gone when it stops. */
export interface RunDirectory extends AsyncDisposable {
  readonly path: string;
  /** Writes a file into it. @returns its path */
  write(name: string, text: string): Promise<string>;
}

/** A simulator of this user that is running now. */
export interface RunningSimulator {
  readonly pid: number;
  readonly ready: { readonly scenario: string; readonly control: { readonly url: string; readonly token: string } };
}

interface Place {
  readonly packageRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where this user's simulators keep what they keep: in a clone the clone itself, else the system's usual place. */
export function defaultStateDir({ packageRoot, env }: Place): string {
  const { DCASS_SIM_STATE_DIR: chosen, LOCALAPPDATA: windows, XDG_STATE_HOME: xdg, HOME: home } = env;
  if (chosen) return chosen;
  if (existsSync(join(packageRoot, '.git'))) return join(packageRoot, '.state');
  if (windows) return join(windows, 'dcass-sim');
  return xdg ? join(xdg, 'dcass-sim') : join(home ?? packageRoot, '.local', 'state', 'dcass-sim');
}

/** Where certificates and keys are: beside their README in a clone, unless a state directory was named. */
export function defaultCertsDir({ packageRoot, env, stateDir }: Place & { readonly stateDir: string | undefined }): string {
  if (stateDir !== undefined) return join(stateDir, 'certs');
  return existsSync(join(packageRoot, '.git')) ? join(packageRoot, 'certs') : join(defaultStateDir({ packageRoot, env }), 'certs');
}

/** Makes the folder of a run. Folders of runs whose process is gone are removed. */
export async function openRunDirectory(stateDir: string, pid: number): Promise<RunDirectory> {
  const runs = join(stateDir, 'run');
  await mkdir(runs, { recursive: true, mode: 0o700 });
  await Promise.all((await runFolders(runs)).filter((each) => !isAlive(each.pid)).map((each) => rm(each.path, { recursive: true, force: true })));
  const path = await mkdtemp(join(runs, `${pid}-`));
  return {
    path,
    async write(name, text) {
      const file = join(path, name);
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** The simulators of this state directory that are running and ready, oldest first. */
export async function findRunning(stateDir: string): Promise<readonly RunningSimulator[]> {
  const folders = (await runFolders(join(stateDir, 'run'))).filter((each) => isAlive(each.pid));
  const found = await Promise.all(
    folders.map(async ({ pid, path }) => {
      const text = await readFile(join(path, 'ready.json'), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ pid, ready: JSON.parse(text) as RunningSimulator['ready'] }];
    }),
  );
  return found.flat();
}

async function runFolders(runs: string): Promise<readonly { readonly pid: number; readonly path: string }[]> {
  const names = await readdir(runs).catch(() => []);
  return names.flatMap((name) => {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    return Number.isInteger(pid) ? [{ pid, path: join(runs, name) }] : [];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // Signal 0 only asks.
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
