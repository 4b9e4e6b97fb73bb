import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { prewarm } from '../../src/sftp/server.ts';
import { startReportServer } from './report-server.ts';

// In a file of its own: nothing else here may have imported ssh2 before.
test('a start does not load ssh2, and prewarming does', async () => {
  const isLoaded = (): boolean =>
    Object.keys(createRequire(import.meta.url).cache).some((path) => /ssh2.lib.server\.js$/.test(path));
  await using world = await startReportServer();
  expect(world.server.port).toBeGreaterThan(0);
  expect(isLoaded()).toBe(false);
  await prewarm();
  expect(isLoaded()).toBe(true);
});
