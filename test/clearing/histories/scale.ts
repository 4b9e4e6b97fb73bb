import { vi } from 'vitest';

/** The one knob of these tests: `DCASS_HISTORIES=20` runs twenty times as many histories; they are in proportion. */
const scale = Number(process.env['DCASS_HISTORIES'] ?? 1);

vi.setConfig({ testTimeout: 30_000 * Math.max(1, scale) });

/** How many random histories a property looks at. */
export function histories(count: number): { readonly numRuns: number } {
  return { numRuns: Math.max(1, Math.round(count * scale)) };
}
