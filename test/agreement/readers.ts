import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Simulator } from '../../src/index.ts';
import { clientPath } from '../support/real-clients.ts';

const run = promisify(execFile);

/** A row as texts by column name, whichever window it came from. */
export type Row = Readonly<Record<string, string>>;

/** The newest report of a participant, fetched by OpenSSH's sftp with the participant's own key. */
export async function downloadReport(
  sim: Simulator,
  code: 'trades' | 'positions',
  participant: string,
): Promise<string> {
  const [server] = sim.endpoints.sftp;
  if (!server) throw new Error('no server');
  const name = code.toUpperCase();
  const written = sim.journal
    .entries({ kind: 'clearing.report-completed' })
    .findLast((entry) => String(entry['file']).includes(name) && String(entry['file']).includes(`_${participant}_`));
  const remote = `/INBOX/${String(written?.['folder']).replaceAll('-', '')}/${String(written?.['file'])}`;
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-sftp-'));
  try {
    await run(clientPath('sftp'), [
      '-q',
      '-i',
      sim.endpoints.files.keys[participant] ?? '',
      '-o',
      `UserKnownHostsFile=${sim.endpoints.files.knownHosts}`,
      '-o',
      'StrictHostKeyChecking=yes',
      '-o',
      'IdentitiesOnly=yes',
      '-P',
      String(server.port),
      `${participant}@${server.address}:${remote}`,
      join(folder, 'report.csv'),
    ]);
    return readFileSync(join(folder, 'report.csv'), 'latin1');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** RFC 4180; what begins with `#` is said about the report, and is no row. */
export function fromCsv(text: string): readonly Row[] {
  const rows = text.replaceAll(/^#[^\r\n]*\r\n/gm, '');
  const [header = [], ...lines] = [...rows.matchAll(/((?:"(?:[^"]|"")*"|[^\r\n"])*)\r\n/g)].map(([, line = '']) =>
    [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^",]*),/g)].map(([, cell = '']) => plain(cell)),
  );
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

function plain(cell: string): string {
  const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  // What a spreadsheet would take for a formula has an apostrophe before it.
  return text.replace(/^'(?=[=+\-@])/, '');
}

export function fromJson(text: string): readonly Row[] {
  return (JSON.parse(text) as Record<string, string | number>[]).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
  );
}

/** The table of a page, by the titles of its columns; what a person reads: the cells as they are shown. */
export function fromHtml(page: string): readonly Row[] {
  const titles = [...page.matchAll(/<th scope="col"[^>]*>([\s\S]*?)<\/th>/g)].map(([, title = '']) => unescape(title));
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(page)?.[1] ?? '';
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)]
    .filter(([row]) => !row.includes('class="empty"'))
    .map(([, row = '']) => {
      const cells = [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => unescape(cell));
      return Object.fromEntries(titles.map((title, i) => [title, cells[i] ?? '']));
    });
}

/** What stands in a cell: without marks, and links are their texts. */
function unescape(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .trim()
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&');
}
