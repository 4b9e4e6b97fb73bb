import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CustomerCode } from '../clearing/participant.ts';
import { REPORT_CODES, REPORT_MAKINGS, type Report, type ReportCode } from '../clearing/report.ts';
import { REPORTS } from '../clearing/reports/catalogue.ts';
import type { ReportDefinition } from '../clearing/reports/definition.ts';
import { SCENARIOS_DIR } from '../config.ts';
import { dayUntil } from '../sample-day.ts';
import { loadScenario } from '../scenario/load.ts';
import { unknownName } from '../scenario/names.ts';
import { scenarioInvalid } from '../scenario/problem.ts';
import { templateText } from '../scenario/report-templates/template-text.ts';
import { SimError } from '../sim-error.ts';
import { toTable, type Output } from './output.ts';
import { oneOf } from './up.ts';

/** `dcass-sim reports`: the catalogue. */
export function listReports(flags: { readonly json?: boolean }, output: Output): void {
  const reports = REPORT_CODES.map((code) => REPORTS[code]);
  if (flags.json) {
    output.data(JSON.stringify(reports.map(toJson)));
    return;
  }
  const rows = reports.map((each) => [each.code, whose(each), madeText(each), each.name]);
  output.data(toTable([['REPORT', 'FOR', 'MADE', 'NAME'], ...rows]));
  output.talk(
    '\nThe layouts are not HKEX’s. reports show <report> prints one; reports export <folder>\nwrites them as templates to put others in their place.',
  );
}

/** `dcass-sim reports export`: every shipped layout as a template file. A file that is there already stays. */
export async function exportReports(folder: string, output: Output): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => fail(folder, error));
  for (const code of REPORT_CODES) {
    const file = join(folder, `${code}.yaml`);
    // One after the other: where one is in the way, those before it are told.
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(file, templateText(REPORTS[code].template, REPORTS[code]), { flag: 'wx' }).catch((error: unknown) =>
      fail(file, error),
    );
    output.data(file);
  }
  output.talk(`\nKeep those that you change: dcass-sim up --report-templates ${folder}`);
}

/** The flags of `reports show`, as they were typed. */
export interface ShowFlags {
  readonly scenario?: string;
  readonly participant?: string;
  readonly at?: string;
  readonly made?: string;
  readonly seed?: string;
  readonly reportTemplates?: string;
}

/** `dcass-sim reports show`: a report of a day as it would be published, with line ends of this system. */
export async function showReport(code: string, flags: ShowFlags, output: Output): Promise<void> {
  const { scenario: which = 'verification-day', reportTemplates, seed } = flags;
  const known = reportCode(code);
  const made = flags.made === undefined ? undefined : oneOf('--made', flags.made, REPORT_MAKINGS);
  const loaded = await loadScenario(which, {
    scenariosDir: SCENARIOS_DIR,
    ...(reportTemplates === undefined ? {} : { reportTemplates }),
    ...(seed === undefined ? {} : { seed }),
  });
  if (!loaded.ok) throw scenarioInvalid(loaded.problems);
  const core = await dayUntil(loaded.scenario, flags.at);
  const codes = core.participants().map((each) => each.code);
  const participant = flags.participant ?? codes[0] ?? '';
  if (!codes.includes(participant as CustomerCode)) {
    throw new SimError(
      'SIM_OPTION_INVALID',
      `--participant: ${unknownName('participant', participant, codes).message}`,
    );
  }
  const [report]: readonly Report[] =
    known === 'no-reports'
      ? core.startNoReports(core.businessDate())
      : core.startReports(known, [participant as CustomerCode], made);
  if (!report) {
    throw new SimError('SIM_OPTION_INVALID', `${participant} has no report ${known} in ${which}`);
  }
  output.talk(`${report.fileName}\n`);
  output.data(report.text.replaceAll('\r\n', '\n').replace(/\n$/, ''));
  if (report.unfit > 0) {
    output.talk(
      `\n${report.unfit} ${report.unfit === 1 ? 'value does' : 'values do'} not fit and ${report.unfit === 1 ? 'is' : 'are'} printed as ####`,
    );
  }
}

function reportCode(text: string): ReportCode {
  const code = REPORT_CODES.find((each) => each === text);
  if (code === undefined) throw new SimError('SIM_OPTION_INVALID', unknownName('report', text, REPORT_CODES).message);
  return code;
}

function whose({ scope, clearingHouse }: ReportDefinition): string {
  if (scope === 'common') return 'common';
  return clearingHouse === 'both' ? 'own' : clearingHouse;
}

function madeText({ made }: ReportDefinition): string {
  if (made.length === 0) return 'date rolls';
  return made.length === REPORT_MAKINGS.length ? 'at any time' : made.join(', ');
}

function toJson(report: ReportDefinition): object {
  const { code, name, clearingHouse, scope, made, contents, fields } = report;
  return {
    code,
    name,
    clearingHouse,
    scope,
    made,
    contents,
    fields: fields.map(({ name: field, title, kind, docs }) => ({ name: field, title, kind, docs })),
  };
}

function fail(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === 'EEXIST' ? 'it is there already; name a new folder, or move it away' : `it cannot be written (${code})`;
  throw new SimError('SIM_OPTION_INVALID', `${path}: ${why}`, { cause: error });
}
