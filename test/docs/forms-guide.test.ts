import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startDay } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/forms-and-mail.md'), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

test('the guide’s commands send a form and read its answer, and other mail programs send one too', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  await using day = await startDay(['verification-day', '--at', '09:40']);
  const { control, mail } = day.ready;
  const env = {
    ...process.env,
    DCASS_CONTROL_URL: control.url,
    DCASS_CONTROL_TOKEN: control.token,
    MAIL: `${mail.address}:${mail.port}`,
  };
  const run = async (mark: string): Promise<{ readonly code: number | null; readonly text: string }> => {
    const lines = shown(mark).replace(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `);
    const child = spawn('bash', ['--norc', '-euc', lines], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, text };
  };
  const sent = await run('run: send');
  expect(sent).toMatchObject({
    code: 0,
    text: expect.stringContaining('Subject: Passwords of CABC are reset') as string,
  });
  expect((await run('run: clients')).code).toBe(0);
  const { mails } = (await (
    await fetch(`${control.url}/v1/mail?participant=CABC`, { headers: { authorization: `Bearer ${control.token}` } })
  ).json()) as { readonly mails: readonly { readonly subject: string }[] };
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Passwords of CABC are reset',
    'Confirmation of CABC received',
    'Confirmation of CABC received',
  ]);
}, 60_000);
