import { parseDuration } from '../time/duration.ts';
import { buildExpectations } from './build-expectations.ts';
import { buildTimeline } from './build-timeline.ts';
import { buildWorld } from './build-world.ts';
import { checkerFor, type Checker } from './checker.ts';
import { buildDay } from './day.ts';
import { toDiscrepancies } from './discrepancies.ts';
import { checkShape } from './issues.ts';
import type { Names } from './names.ts';
import { toOapiSettings, ZERO } from './oapi-settings.ts';
import type { Problem } from './problem.ts';
import { toReports } from './report-settings.ts';
import type { GatewaySettings, Scenario } from './scenario.ts';
import { scenarioFile, type ScenarioFile, type WorldSection } from './schema.ts';
import { placeAt, toPlain, type MapNode, type SourceNode } from './source-node.ts';

/** More than a person corrects at once; and each costs a search for the nearest name. */
const REFUSED_MAX = 1000;

/**
 * The scenario of a file; undefined where its sections are missing. Problems do not stop it: all of
 * them are told, and the result counts only when there was none.
 */
export function buildScenario(
  root: SourceNode,
  file: string,
  seed: number | string,
  tell: (problem: Problem) => void,
): Scenario | undefined {
  if (root.type !== 'map') {
    tell({ ...root.at, message: 'this is no scenario; write its sections: format, scenario, day, world, timeline' });
    return undefined;
  }
  const known = withoutExtensions(root);
  // The shape is checked next; until then every read is guarded by `usable`.
  const content = toPlain(known) as ScenarioFile;
  const shape = checkShape(scenarioFile, known, content);
  shape.problems.forEach(tell);

  let refused = shape.problems.length;
  const check = checkerFor({
    usable: shape.usable,
    refuse(path, text) {
      refused += 1;
      tell({ ...placeAt(known, path), ...text });
    },
    lineOf: (path) => placeAt(known, path).line,
    spotOf(path) {
      const { file: of, line } = placeAt(known, path);
      return of === file ? `line ${line}` : `line ${line} of ${/[^\\/]*$/.exec(of)?.[0]}`;
    },
    enough: () => refused >= REFUSED_MAX,
    fits(schema, value, path) {
      const { problems } = checkShape(schema, known, value, path);
      problems.forEach(tell);
      return problems.length === 0;
    },
  });
  const section = <K extends keyof ScenarioFile>(key: K): ScenarioFile[K] | undefined =>
    content[key] !== null && typeof content[key] === 'object' ? content[key] : undefined;

  const { day, sound } = buildDay(section('day'), check.under('day'));
  const { names, world } = buildWorld(section('world') ?? ({} as WorldSection), day, seed, check.under('world'));
  const discrepancies = toDiscrepancies(
    section('world')?.discrepancies,
    names,
    seed,
    check.under('world', 'discrepancies'),
  );
  const { steps, sessions } = buildTimeline(section('timeline'), names, day, check.under('timeline'));
  const expectations = buildExpectations(section('expect'), names, day, check.under('expect'));
  const { reports, reporting } = toReports(
    section('world')?.reports,
    placeAt(known, ['world', 'reports', 'templates']),
    check.under('world', 'reports'),
  );
  if (!sound || shape.problems.length > 0) return undefined;

  const { scenario, training } = content;
  return {
    id: scenario.id,
    title: scenario.title,
    level: scenario.level ?? 'beginner',
    minutes: scenario.minutes,
    sources: scenario.sources ?? [],
    file,
    date: day.date,
    businessDate: day.businessDate,
    start: day.start,
    end: day.end,
    seed,
    world: { ...world, sessions, reporting },
    grown: { participants: numberIn(content.world.participants), trades: numberIn(content.world.trades) },
    discrepancies,
    gateways: toGatewaySettings(content.world.gateways, names, check.under('world', 'gateways')),
    reports,
    steps,
    sessions,
    expectations,
    training: { objectives: training?.objectives ?? [], debrief: training?.debrief ?? [] },
  };
}

/** `x-…` at top level belongs to other tools: design.md 6.2. */
function withoutExtensions(root: MapNode): MapNode {
  return { ...root, entries: new Map([...root.entries].filter(([key]) => !key.startsWith('x-'))) };
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function toGatewaySettings(section: WorldSection['gateways'], names: Names, check: Checker): GatewaySettings {
  const { online = {}, oapi = {}, sftp = {} } = section ?? {};
  const idleMs = online.idle === undefined ? undefined : parseDuration(online.idle);
  if (idleMs === 0) check.refuse(['online', 'idle'], { message: ZERO });
  return {
    online: {
      ...defined({ idleMs, sessionsMax: online.sessionsMax, refusedLoginsMax: online.refusedLoginsMax }),
      ...defined({ logoutWarningMs: toWarningMs(online.logoutWarning) }),
      ...(online.secondUser === undefined ? {} : { secondUser: online.secondUser === 'always' }),
    },
    oapi: toOapiSettings(oapi, names, check.under('oapi')),
    sftp: defined({ keepDays: sftp.keepDays }),
  };
}

function toWarningMs(text: string | undefined): number | undefined {
  return text === 'none' ? 0 : text === undefined ? undefined : parseDuration(text);
}

function defined<T extends Record<string, number | undefined>>(settings: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: number;
  };
}
