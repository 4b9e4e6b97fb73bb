import { buildExpectations } from './build-expectations.ts';
import { buildTimeline } from './build-timeline.ts';
import { buildWorld } from './build-world.ts';
import { checkerFor, type Checker } from './checker.ts';
import { buildDay } from './day.ts';
import { toDiscrepancies } from './discrepancies.ts';
import { checkShape } from './issues.ts';
import type { Names } from './names.ts';
import { toOapiSettings } from './oapi-settings.ts';
import { toCorrespondence } from './mail-settings.ts';
import { toOldPlatform } from './old-platform.ts';
import { toOnlineSettings } from './online-settings.ts';
import type { Parametrised } from './parameters.ts';
import type { Problem } from './problem.ts';
import { toReports } from './report-settings.ts';
import type { GatewaySettings, Scenario } from './scenario.ts';
import { toSecondSite } from './second-site.ts';
import type { scenarioFile, ScenarioFile, TimelineSection, WorldSection } from './schema.ts';
import { keyPlaceAt, placeAt, toPlain, type MapNode } from './source-node.ts';

/** More than a person corrects at once; and each costs a search for the nearest name. */
const REFUSED_MAX = 1000;

const SOUND: ReturnType<typeof checkShape> = { problems: [], usable: () => true };

/**
 * The scenario of a file; undefined where its sections are missing. Problems do not stop it: all of
 * them are told, and the result counts only when there was none.
 * @param shape what the file must look like; undefined where that was found out before
 */
export function buildScenario(
  { root, params }: Parametrised,
  file: string,
  { seed, shape }: { readonly seed: number | string; readonly shape: typeof scenarioFile | undefined },
  tell: (problem: Problem) => void,
): Scenario | undefined {
  if (root.type !== 'map') {
    tell({ ...root.at, message: 'this is no scenario; write its sections: format, scenario, day, world, timeline' });
    return undefined;
  }
  const known = withoutExtensions(root);
  // The shape is checked next; until then every read is guarded by `usable`.
  const content = toPlain(known) as ScenarioFile;
  const found = shape ? checkShape(shape, known, content) : SOUND;
  found.problems.forEach(tell);

  let refused = found.problems.length;
  const check = checkerFor({
    usable: found.usable,
    refuse(path, text) {
      refused += 1;
      tell({ ...placeAt(known, path), ...text });
    },
    refuseKey(path, text) {
      refused += 1;
      tell({ ...keyPlaceAt(known, path), ...text });
    },
    lineOf: (path) => placeAt(known, path).line,
    fileOf: (path) => placeAt(known, path).file,
    spotOf(path) {
      const { file: of, line } = placeAt(known, path);
      return of === file ? `line ${line}` : `line ${line} of ${/[^\\/]*$/.exec(of)?.[0]}`;
    },
    enough: () => refused >= REFUSED_MAX,
    fits(schema, value, path) {
      if (!shape) return true;
      const { problems, usable } = checkShape(schema, known, value, path);
      problems.forEach(tell);
      // What has been refused before, a parameter that is not there, is not told again, and fits all the same not.
      return problems.length === 0 && usable(path);
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
  const { steps, sessions } = buildTimeline(
    section('timeline') as TimelineSection | undefined,
    names,
    day,
    check.under('timeline'),
  );
  const expectations = buildExpectations(
    section('expect'),
    { names, steps: steps.map(({ id }) => id), day },
    check.under('expect'),
  );
  const { reports, reporting } = toReports(
    section('world')?.reports,
    placeAt(known, ['world', 'reports', 'templates']),
    check.under('world', 'reports'),
  );
  // A parameter that is not there has been told before, and leaves something that cannot be read.
  if (!sound || found.problems.length > 0 || !found.usable([])) return undefined;

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
    params,
    world: { ...world, sessions, reporting },
    grown: { participants: numberIn(content.world.participants), trades: numberIn(content.world.trades) },
    discrepancies,
    oldPlatform: toOldPlatform(content.world.platforms),
    gateways: toGatewaySettings(content.world.gateways, names, check.under('world', 'gateways')),
    reports,
    correspondence: toCorrespondence(content.world),
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
  return {
    online: toOnlineSettings(online, check.under('online')),
    oapi: toOapiSettings(oapi, names, check.under('oapi')),
    secondary: toSecondSite(section?.secondary, check.under('secondary')),
    sftp: sftp.keepDays === undefined ? {} : { keepDays: sftp.keepDays },
  };
}
