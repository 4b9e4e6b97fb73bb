// Must run on any Node that knows ES modules: it is what tells people that theirs is too old.

/** The oldest Node that works; the same as `engines` in package.json. */
export const NODE_FLOOR = '20.19.0';

/** Ends the process with exit code 3 (could not start) when this Node is older than the floor. */
export function requireNode(version = process.versions.node) {
  if (isNewEnough(version)) return;
  process.stderr.write(
    `dcass-sim needs Node ${NODE_FLOOR} or later; this is Node ${version} (${process.execPath}). Get a newer one from https://nodejs.org.\n`,
  );
  process.exit(3);
}

/** @returns {boolean} whether `version`, for example `22.3.0`, is the floor or later. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  const [floorMajor, floorMinor] = NODE_FLOOR.split('.').map(Number);
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}
