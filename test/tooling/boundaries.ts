/**
 * The dependency directions of the design, which point one way:
 * cli -> simulator -> windows, control, reconcile -> scenario -> faults, host -> clearing, journal -> time.
 * `family` stands beside them all and imports nothing.
 * The files right in `src` are the composition root; `sim-error.ts` is for all.
 */
const BELOW_THE_WINDOWS = ['faults', 'family', 'host', 'clearing', 'journal', 'time'];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  time: [],
  // What the public headers of the API's family name: tables without behaviour.
  family: [],
  clearing: ['time'],
  journal: ['clearing', 'time'],
  host: ['clearing', 'journal', 'time'],
  faults: ['host', 'clearing', 'journal', 'time'],
  // Windows never import each other: each declares the port that it needs, and the simulator fills it.
  online: BELOW_THE_WINDOWS,
  oapi: BELOW_THE_WINDOWS,
  sftp: BELOW_THE_WINDOWS,
  mail: BELOW_THE_WINDOWS,
  control: BELOW_THE_WINDOWS,
  scenario: BELOW_THE_WINDOWS,
  // The same codecs and frames as the gateway's, and nothing of the gateway: see CLIENT_MAY_IMPORT.
  'oapi-client': ['oapi', 'clearing', 'time'],
  // Reads a participant's own files as the scenario reads its CSV files.
  reconcile: ['scenario', ...BELOW_THE_WINDOWS],
  // The upgraded platform and the old one: two clearing states, of which one works.
  platforms: BELOW_THE_WINDOWS,
  // What came of a day: from its expectations and its journal, and nothing else.
  score: ['scenario', ...BELOW_THE_WINDOWS],
  // What a day remembers. Each change is declared where it happens, also in the composition root, and read here as data.
  persistence: ['simulator', 'platforms', 'oapi', 'mail', 'scenario', ...BELOW_THE_WINDOWS],
  // What a test asks of a day: waits for it, and verifies it.
  observe: ['score', 'scenario', ...BELOW_THE_WINDOWS],
  // Of the control API it knows the shapes, and of the simulator nothing: it is for other processes.
  client: ['control', 'score', 'simulator', 'scenario', ...BELOW_THE_WINDOWS],
  simulator: [
    'persistence',
    'observe',
    'score',
    'online',
    'oapi',
    'sftp',
    'mail',
    'platforms',
    'control',
    'reconcile',
    'scenario',
    ...BELOW_THE_WINDOWS,
  ],
  cli: [
    'client',
    'observe',
    'simulator',
    'score',
    'online',
    'oapi',
    'oapi-client',
    'sftp',
    'mail',
    'control',
    'reconcile',
    'scenario',
    ...BELOW_THE_WINDOWS,
  ],
};

/** Of the gateway's folder, what both sides of the line share. */
const CLIENT_MAY_IMPORT = /^src\/oapi\/(dictionary\/.*|frame|request|reply|completion|statuses)\.ts$/;

const FORBIDDEN_FOLDERS = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc'];

/**
 * @param files path from the project's root, with forward slashes, and text
 * @returns one sentence for each import, folder or call that breaks a rule
 */
export function boundaryTroubles(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) => [
    ...folderTroubles(file),
    ...importTroubles(file, text),
    ...listenTroubles(file, text),
  ]);
}

function folderTroubles(file: string): string[] {
  const folders = file.split('/').slice(1, -1);
  const vague = folders
    .filter((folder) => FORBIDDEN_FOLDERS.includes(folder))
    .map((folder) => `${file}: a folder named ${folder} says nothing`);
  const layer = layerOf(file);
  return MAY_IMPORT[layer]
    ? vague
    : [...vague, `${file}: src/${layer} is not in the table of test/tooling/boundaries.ts`];
}

function importTroubles(file: string, text: string): string[] {
  const from = layerOf(file);
  return importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolve(file, specifier))
    .filter((target) => target.startsWith('src/') && target !== 'src/sim-error.ts')
    .filter((target) => layerOf(target) !== from && !mayImport(from, target))
    .map((target) => `${file}: src/${from} must not import ${target}`);
}

function mayImport(from: string, target: string): boolean {
  if (!MAY_IMPORT[from]?.includes(layerOf(target))) return false;
  return from !== 'oapi-client' || layerOf(target) !== 'oapi' || CLIENT_MAY_IMPORT.test(target);
}

// A taken port is told in one way only because there is one place that listens.
function listenTroubles(file: string, text: string): string[] {
  if (file === 'src/host/listen.ts' || !/\.listen\(/.test(withoutComments(text))) return [];
  return [`${file}: listening is done by src/host/listen.ts only`];
}

/** The folder in `src`; `simulator` for the files right in it. */
function layerOf(file: string): string {
  const [, first, ...rest] = file.split('/');
  return rest.length === 0 ? 'simulator' : (first ?? '');
}

function importsOf(text: string): string[] {
  const found = withoutComments(text).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g);
  return [...found].map((match) => match[2] ?? '');
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function resolve(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
