// npm leaves the packages of other platforms out of package-lock.json when the registry at hand does not
// have them, and then `npm ci` refuses the file ("Missing: ... from lock file"). This adds them, each with
// what its name says of the platform. Run it after every change of the dependencies; see CONTRIBUTING.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { say } from './talk.mjs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const C_LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = Object.values(lock.packages)
  .flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {}).map(([name, version]) => ({ name, version, entry })),
  )
  .filter(({ name }) => !lock.packages[`node_modules/${name}`] && isForAPlatform(name));

for (const { name, version, entry } of missing) {
  const words = name.split(/[/-]/);
  const pick = (known) => known.filter((word) => words.includes(word));
  const libc = words.filter((word) => word in C_LIBRARIES).map((word) => C_LIBRARIES[word]);
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu: pick(PROCESSORS),
    ...(entry.dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    license: entry.license,
    optional: true,
    os: pick(SYSTEMS),
  };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
say(missing.length === 0 ? 'package-lock.json is complete.' : `Added ${missing.length} packages of other platforms.`);

function isForAPlatform(name) {
  const words = name.split(/[/-]/);
  return SYSTEMS.some((word) => words.includes(word)) && PROCESSORS.some((word) => words.includes(word));
}
