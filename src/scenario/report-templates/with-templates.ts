import { dirname, isAbsolute, join, resolve } from 'node:path';
import { DEFAULT_REPORTING } from '../../clearing/reports/template.ts';
import { SimError } from '../../sim-error.ts';
import type { Scenario } from '../scenario.ts';
import type { LoadResult } from '../to-result.ts';
import { readTemplateFolder } from './read-folder.ts';

/**
 * The day with the templates of its folder, or of the one that the caller names instead.
 * @param beside the folder of the scenario file
 * @throws SimError SIM_OPTION_INVALID when the caller's folder is not there
 */
export async function withTemplates(
  scenario: Scenario,
  beside: string,
  instead: string | undefined,
): Promise<LoadResult> {
  const named = scenario.reports.templates;
  const folder = instead ?? named?.folder;
  if (folder === undefined) return { ok: true, scenario };
  const read =
    instead === undefined
      ? await readTemplateFolder(
          resolve(beside, folder),
          isAbsolute(folder) ? folder : join(dirname(scenario.file), folder),
        )
      : await readTemplateFolder(folder);
  if (read.ok) {
    const { world } = scenario;
    const reporting = { ...DEFAULT_REPORTING, ...world.reporting, templates: read.templates };
    return { ok: true, scenario: { ...scenario, world: { ...world, reporting } } };
  }
  if (!('trouble' in read)) return { ok: false, problems: read.problems };
  if (instead !== undefined || !named) {
    throw new SimError('SIM_OPTION_INVALID', `--report-templates ${folder}: ${read.trouble}`);
  }
  const message = `the folder of report templates "${folder}": ${read.trouble}; it is looked for beside this file`;
  return { ok: false, problems: [{ ...named.at, message, found: folder }] };
}
