import type { JournalEntry } from '../journal/entry.ts';
import type { Ready } from '../ready.ts';
import { describeEntry } from './describe-entry.ts';
import { styled, toTable, type Output } from './output.ts';

/** The endpoints as a table: what a person types into a browser, a client, a terminal. */
export function endpointTable(ready: Ready, heading: { title: string; clock: string }, output: Output): string {
  const bold = (text: string): string => styled(output, 'bold', text);
  const rows = [
    ...ready.online.map((each) => [`Online ${each.gateway}`, each.url, `${each.address}`]),
    ...ready.oapi.map((each) => [`OAPI ${each.gateway}`, `${each.address}:${each.port}`]),
    ...ready.sftp.map((each) => ['Reports', `sftp ${each.address}:${each.port}`, each.role]),
    ['Mail', `${ready.mail.address}:${ready.mail.port}`, 'refuses mail, not simulated yet'],
    ['Control', ready.control.url],
  ];
  const files = [
    ['CA', ready.files.ca],
    ['Users', ready.files.users],
    ['Hosts', ready.files.hosts],
  ];
  return [
    `${bold('dcass-sim')}  ${heading.title}`,
    `${styled(output, 'dim', 'A simulation, not HKEX’s system.')}  ${heading.clock}`,
    '',
    toTable(rows, '  '),
    '',
    toTable(files, '  '),
    '',
  ].join('\n');
}

/** One line for an event: the time, the window, what happened. Undefined for what people need not see. */
export function liveLine(entry: JournalEntry, output: Output): string | undefined {
  const words = describeEntry(entry);
  if (words === undefined) return undefined;
  const time = entry.simTime.slice(11, 19);
  const window = styled(output, 'cyan', entry.source.padEnd(8));
  const text = entry.outcome === 'refused' || entry.outcome === 'invalid' || entry.outcome === 'unsimulated' ? styled(output, 'yellow', words) : words;
  return `${styled(output, 'dim', time)}  ${window}  ${text}`;
}
