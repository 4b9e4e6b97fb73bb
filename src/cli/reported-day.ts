import type { JournalEntry } from '../journal/entry.ts';
import type { Ready } from '../ready.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ReportedDay, ReportedEndpoint } from '../score/report-page.ts';
import { playedSteps } from '../score/timeline.ts';
import { describeEntry } from './describe-entry.ts';

/** What the report tells of a day; its timeline is what the journal tells, where the scenario is not there. */
export function reportedDay(
  entries: readonly JournalEntry[],
  endpoints: readonly ReportedEndpoint[],
  scenario?: Pick<Scenario, 'steps' | 'date'>,
): ReportedDay {
  const events = entries.flatMap((entry) => {
    const words = describeEntry(entry);
    return words === undefined ? [] : [{ simTime: entry.simTime, words }];
  });
  return { timeline: playedSteps(entries, scenario), events, entries, endpoints };
}

/** The endpoints of a run, without its token. */
export function toEndpoints({ online, oapi, sftp, mail }: Ready): readonly ReportedEndpoint[] {
  const at = ({ address, port }: { readonly address: string; readonly port: number }): string => `${address}:${port}`;
  return [
    ...online.map((each) => ({ name: `DCASS Online gateway ${each.gateway}`, where: `${each.url} (${at(each)})` })),
    ...oapi.map((each) => ({ name: `OAPI gateway ${each.gateway}`, where: at(each) })),
    ...sftp.map((each) => ({ name: 'Report server (SFTP)', where: at(each) })),
    { name: 'Mail', where: at(mail) },
  ];
}
