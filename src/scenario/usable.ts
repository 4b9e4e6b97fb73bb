import type { Path } from './source-node.ts';

interface Branch {
  readonly below: Map<string | number, Branch>;
  isBroken: boolean;
}

/**
 * Whether nothing that stands at a path, above or below it is among the broken paths. They are kept as a tree,
 * because a list of a hundred thousand rows asks for each of them.
 */
export function usableBeside(broken: readonly Path[]): (path: Path) => boolean {
  const root: Branch = { below: new Map(), isBroken: false };
  for (const path of broken) {
    let branch = root;
    for (const step of path) {
      let next = branch.below.get(step);
      if (!next) branch.below.set(step, (next = { below: new Map(), isBroken: false }));
      branch = next;
    }
    branch.isBroken = true;
  }
  return (path) => {
    let branch = root;
    for (const step of path) {
      if (branch.isBroken) return false;
      const next = branch.below.get(step);
      if (!next) return true;
      branch = next;
    }
    return !branch.isBroken && branch.below.size === 0;
  };
}
