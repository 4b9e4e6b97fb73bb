import { dirname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The environment, read here and nowhere else. Names begin with DCASS_SIM_; flags win over them. */
export interface Environment {
  readonly plan: string | undefined;
  readonly clock: string | undefined;
  readonly speed: string | undefined;
  readonly at: string | undefined;
  readonly from: string | undefined;
  readonly seed: string | undefined;
  readonly stateDir: string | undefined;
  /** A running simulator to talk to; `run` sets them for its command. */
  readonly controlUrl: string | undefined;
  readonly controlToken: string | undefined;
  /** The token that a simulator which starts here is to have; a random one when absent. */
  readonly ownControlToken: string | undefined;
  /** Inside a sealed run: the launcher's folder, and the run's first process as seen from outside. */
  readonly inside: string | undefined;
  readonly insidePid: string | undefined;
  /** For the command of a sealed run: the folder in which its simulator is found. */
  readonly sealedFolder: string | undefined;
  /** Where this is a step of a GitHub workflow. */
  readonly github: { readonly summaryFile: string | undefined; readonly workspace: string | undefined } | undefined;
  /** https://no-color.org */
  readonly noColour: boolean;
  readonly all: Readonly<Record<string, string | undefined>>;
}

export function readEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): Environment {
  return {
    plan: env['DCASS_SIM_PLAN'],
    clock: env['DCASS_SIM_CLOCK'],
    speed: env['DCASS_SIM_SPEED'],
    at: env['DCASS_SIM_AT'],
    from: env['DCASS_SIM_FROM'],
    seed: env['DCASS_SIM_SEED'],
    stateDir: env['DCASS_SIM_STATE_DIR'],
    controlUrl: env['DCASS_CONTROL_URL'],
    controlToken: env['DCASS_CONTROL_TOKEN'],
    ownControlToken: env['DCASS_SIM_CONTROL_TOKEN'] || undefined,
    inside: env['DCASS_SIM_INSIDE'],
    insidePid: env['DCASS_SIM_INSIDE_PID'],
    sealedFolder: env['DCASS_SIM_SEALED'],
    github:
      env['GITHUB_ACTIONS'] === 'true'
        ? { summaryFile: env['GITHUB_STEP_SUMMARY'] || undefined, workspace: env['GITHUB_WORKSPACE'] || undefined }
        : undefined,
    noColour: env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '',
    all: env,
  };
}

/** The folder of the package: where `package.json` and `scenarios/` are, from the source or from the bundle. */
export const PACKAGE_ROOT = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export const SCENARIOS_DIR = join(PACKAGE_ROOT, 'scenarios');

/** What the build read of the shipped days; only the bundle uses it, the sources always read the files. */
export const COMPILED_SCENARIOS_DIR = fileURLToPath(import.meta.url).startsWith(join(PACKAGE_ROOT, 'dist'))
  ? join(PACKAGE_ROOT, 'dist', 'scenarios')
  : undefined;

/** The version in `package.json`; raised together with it, and a test compares them. */
export const VERSION = '0.1.0';

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return resolve(from, '..');
  }
}
