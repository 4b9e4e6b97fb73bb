import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { isNewEnough, NODE_FLOOR } from '../../bin/require-node.mjs';
import packageLock from '../../package-lock.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };

test('the launcher and package.json name the same oldest Node', () => {
  expect(`>=${NODE_FLOOR}`).toBe(`${packageJson.engines.node}.0`);
});

test.each([
  ['18.20.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.0.0', true],
  ['24.1.0', true],
])('Node %s is accepted: %s', (version, accepted) => {
  expect(isNewEnough(version)).toBe(accepted);
});

// With engine-strict, one package that asks for more stops the installation for everybody on Node 20.
test('every installed package accepts the oldest Node', () => {
  // fastify's own: a range is not ours to interpret.
  const fromFastify = createRequire(createRequire(import.meta.url).resolve('fastify'));
  const { satisfies } = fromFastify('semver') as { satisfies: (version: string, range: string) => boolean };
  const packages = Object.entries(
    packageLock.packages as Record<string, { engines?: { node?: string }; optional?: boolean }>,
  );
  const tooNew = packages
    .filter(([, { engines, optional }]) => engines?.node && !optional && !satisfies(NODE_FLOOR, engines.node))
    .map(([name, { engines }]) => `${name} wants ${engines?.node}`);
  expect(packages.length).toBeGreaterThan(50);
  expect(tooNew).toEqual([]);
});
