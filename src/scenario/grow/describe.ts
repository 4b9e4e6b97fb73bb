import type { Scenario } from '../scenario.ts';

/** What was grown and from which seed, in a sentence; undefined when the file writes everything out. */
export function describeGrown({ grown, seed, world }: Scenario): string | undefined {
  const parts: string[] = [];
  if (grown.participants !== undefined) parts.push(`${grown.participants} participants with their accounts and users`);
  if (grown.trades !== undefined) {
    const { deals, series, positions, giveUps } = world;
    parts.push(
      `${grown.trades} trades (${deals.length} deals in ${series.length} series, beside ${positions.length} positions and ${giveUps.length} give-ups)`,
    );
  }
  return parts.length === 0 ? undefined : `Grown from seed ${seed}: ${parts.join(', and ')}.`;
}
