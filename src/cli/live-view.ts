import type { JournalEntry } from '../journal/entry.ts';
import type { Ready } from '../ready.ts';
import { describeEntry } from './describe-entry.ts';
import { styled, toTable, type Output } from './output.ts';

/** The endpoints as a table: what a person types into a browser, a client, a terminal. */
export function endpointTable(
  ready: Ready,
  heading: { readonly title: string; readonly clock: string; readonly sftpCrypto: unknown },
  output: Output,
): string {
  // ssh2's own JavaScript is half as fast: whoever wonders sees it here.
  const ciphers = heading.sftpCrypto === 'native' ? 'native ciphers' : 'ciphers in JavaScript';
  const bold = (text: string): string => styled(output, 'bold', text);
  const rows = [
    ...ready.online.map((each) => [`Online ${each.gateway}`, each.url, `${each.address}`]),
    ...ready.oapi.map((each) => [`OAPI ${each.gateway}`, `${each.address}:${each.port}`]),
    ...(ready.secondary?.online ?? []).map((each) => [
      `Online ${each.gateway}`,
      each.url,
      `${each.address}, second data centre`,
    ]),
    ...(ready.secondary?.oapi ?? []).map((each) => [
      `OAPI ${each.gateway}`,
      `${each.address}:${each.port}`,
      'second data centre',
    ]),
    ...(ready.oldPlatform
      ? [
          ['Old OAPI', place(ready.oldPlatform.networkGateway), 'Network Gateway of Genium INET'],
          ['Old server', place(ready.oldPlatform.dcassServer), 'for DCASS Servers'],
        ]
      : []),
    ...ready.sftp.map((each) => ['Reports', `sftp ${each.address}:${each.port}`, `${each.role}, ${ciphers}`]),
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

function place({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address}:${port}`;
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
