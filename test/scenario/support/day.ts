import { readFileSync } from 'node:fs';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { formatProblem } from '../../../src/scenario/problem.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';

export const SCENARIOS = new URL('../../../scenarios', import.meta.url).pathname;

/** The shipped verification day, with what only some days have. */
export function richVerificationDay(): Scenario {
  const text = readFileSync(`${SCENARIOS}/verification-day.yaml`, 'utf8');
  return load(text.replace('\nworld:\n', `\nworld:\n${SECOND_SITE}`));
}

const SECOND_SITE = `  platforms: { geniumInet: {} }
  gateways:
    secondary: { online: [{ host: "pgencdw101.hkex.com.hk", address: "10.152.14.155" }], oapi: ["10.152.5.81"] }
`;

/** A small whole day; each part can be replaced. */
export function dayText(
  parts: { readonly world?: string; readonly timeline?: string; readonly expect?: string; readonly day?: string } = {},
): string {
  return `format: dcass-scenario/1
scenario: { id: small, title: "A small day" }
day: ${parts.day ?? '{ date: "2019-05-05", start: "06:30", end: "13:00" }'}
world:
  participants:
    - code: "CABC"
      name: "ABC"
      clearingHouses: [HKCC, SEOCH]
      accounts: [{ id: "HOUSE", type: house }, { id: "OMNI1", type: omnibus-client }, { id: "APT", type: apt }]
    - code: "CXYZ"
      name: "XYZ"
      clearingHouses: [HKCC]
      accounts: [{ id: "HOUSE", type: house }]
  users: [{ id: "BU_CABC101" }, { id: "BU_CABC201" }, { id: "BO_CABC801" }, { id: "BU_CXYZ101", state: locked }]
  series: ["HSIK9", "HSI28000E9", "HKB65.00E9"]
${parts.world ?? ''}
timeline:
${parts.timeline ?? '  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }\n  - { id: closes, at: "12:00", do: session.close }'}
expect:
${parts.expect ?? '  []'}
`;
}

export function load(text: string, seed?: number | string): Scenario {
  const result = parseScenario(text, 'day.yaml', seed);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

/** `line:column: message`, all of them. */
export function troubles(text: string): readonly string[] {
  const result = parseScenario(text, 'day.yaml');
  return result.ok ? [] : result.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}
