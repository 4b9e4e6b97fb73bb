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
    ['Mail', `${ready.mail.address}:${ready.mail.port}`, 'takes forms for clearingpsd@hkex.com.hk'],
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

/** Blanks before a line that goes on: the width of the time and the window. */
const INDENT = 20;

/** Breaks a text at blanks into lines of at most `width` characters; a longer word keeps its line. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** One line for an event: the time, the window, what happened. Undefined for what people need not see. */
export function liveLine(entry: JournalEntry, output: Output): string | undefined {
  const said = describeEntry(entry);
  if (said === undefined) return undefined;
  const words = entry['platform'] === undefined ? said : `old platform: ${said}`;
  const time = entry.simTime.slice(11, 19);
  const window = styled(output, 'cyan', entry.source.padEnd(8));
  const failed = entry.outcome !== undefined && entry.outcome !== 'ok';
  const text = wrap(words, output.columns - INDENT).map((line) => (failed ? styled(output, 'yellow', line) : line));
  return `${styled(output, 'dim', time)}  ${window}  ${text.join(`\n${' '.repeat(INDENT)}`)}`;
}
