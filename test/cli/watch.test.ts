import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallDay } from '../support/simulator.ts';
import { run, startDay } from './command.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const DAY = JSON.stringify({ ...smallDay(), timeline: { from: 'my-day.csv' } }, null, 1);
const STEPS = 'id,at,do,with\nopens,09:00,session.open,mode: enquiry-only\nhello,10:00,note,text: Good morning.\n';

test(
  'a day begins anew when its file changes, at the same addresses and the same time, and stays as it is with a mistake',
  { timeout: 120_000 },
  async () => {
    const folder = folderWith({ 'parent.yaml': DAY, 'my-day.csv': STEPS, 'day.yaml': CHILD });
    const csv = join(folder, 'my-day.csv');
    await using day = await startDay([join(folder, 'day.yaml'), '--watch', '--at', '09:30']);
    const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
    const stderr = day.stderr;

    // A mistake, in a CSV file of the day that this one extends: it is told, and the day of before answers.
    writeFileSync(csv, STEPS.replace('note', 'notte'));
    await stderr(/my-day\.csv:3:13: column "do": there is no verb "notte"; write note/);
    expect(await stderr(/goes on as it was/)).not.toContain('begun anew');
    expect((await run(['clock', ...control])).stdout).toContain('09:30');

    // An editor that writes a new file and renames it.
    writeFileSync(join(folder, 'my-day.csv~'), STEPS.replace('Good morning', 'Good day'));
    renameSync(join(folder, 'my-day.csv~'), csv);
    await stderr(/begun anew, at the same addresses\. It is 09:30:00/);
    const advanced = await run(['clock', 'advance', '10:00', ...control]);
    expect(advanced.code, advanced.stderr).toBe(0);
    expect((await run(['journal', 'kind=scenario.note', ...control])).stdout).toContain('Good day.');
    const readyLines = day
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{"ready":true'));
    expect(readyLines).toHaveLength(2);
    const ports = (line = ''): unknown => {
      const { online, oapi, sftp, mail, control: api } = JSON.parse(line) as typeof day.ready;
      return [online, oapi, sftp, mail, api];
    };
    expect(ports(readyLines[1])).toEqual(ports(readyLines[0]));

    // The day's own file, with a day that does not have this time.
    writeFileSync(join(folder, 'day.yaml'), CHILD.replace('"08:30"', '"10:30"').replace('"12:45"', '"14:00"'));
    await stderr(/my-day\.csv:2:7: column "at": 09:00 is before the day starts/);
    writeFileSync(csv, STEPS.replace('09:00', '11:00').replace('10:00', '11:30'));
    await stderr(/It is 10:30:00/);
    expect((await day.stop('SIGTERM')).code).toBe(143);
    expect(readFileSync(csv, 'utf8')).toContain('11:30');
  },
);

const CHILD = `format: dcass-scenario/1
extends: ./parent.yaml
scenario: { id: child, title: "A child" }
day: { start: "08:30", end: "12:45" }
`;
