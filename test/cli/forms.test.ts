import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run, startDay } from './command.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-forms-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a form is filled, checked and sent from the command line, and its answer is read there', async () => {
  const file = join(folder(), 'reset.pdf');
  const filled = await run(['forms', 'fill', 'reset', '--user', 'BU_CABC102', 'BO_CABC801', '--out', file]);
  expect(filled).toMatchObject({ code: 0, stdout: `${file}\n` });
  expect(await run(['forms', 'check', file])).toMatchObject({
    code: 0,
    stdout: `${file}: a good "DCASS Post-Release Verification - Password Reset Form"\n`,
  });
  await using day = await startDay(['verification-day', '--at', '09:40']);
  const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
  const sent = await run(['forms', 'send', file, ...control]);
  expect([sent.code, sent.stdout]).toEqual([0, '']);
  expect(sent.stderr).toContain('No answer yet');
  await run(['clock', 'advance', '10:00', ...control]);
  const list = await run(['mail', ...control]);
  expect(list.stdout).toMatch(/^MAIL {2}TIME {3}FOR {3}SUBJECT\n1 {5}09:55 {2}CABC {2}Passwords of CABC are reset\n$/);
  const one = await run(['mail', '1', ...control]);
  expect(one.stdout).toMatch(/^BU_CABC102: \S+\nBO_CABC801: \S+$/m);
  expect((await run(['mail', '2', ...control])).stderr).toContain('There is no mail 2; 1 were written.');
});

test('what is wrong with a form is told by check and by the answer, in the same words', async () => {
  const file = join(folder(), 'confirmation.txt');
  const fill = ['forms', 'fill', 'confirmation', '--unsigned', '--set', 'Participant of=SEOCH', '--out', file];
  expect((await run(fill)).code).toBe(0);
  const mistakes =
    '1. Signed: is not ticked\n2. Participant of: CABC is a participant of both HKCC and SEOCH, not of SEOCH\n';
  expect(await run(['forms', 'check', file])).toMatchObject({ code: 1, stdout: `${file}:\n${mistakes}` });
  const json = JSON.parse((await run(['forms', 'check', file, '--json'])).stdout) as object;
  expect(json).toMatchObject({ form: 'confirmation', mistakes: [{ field: 'Signed' }, { field: 'Participant of' }] });
  await using day = await startDay(['verification-day', '--at', '12:10']);
  const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
  expect((await run(['forms', 'send', file, ...control])).stdout).toContain(mistakes.trimEnd());
});

test('a blank form has every label, and what nobody can fill in is refused with what is allowed', async () => {
  const blank = await run(['forms', 'blank', 'confirmation']);
  expect(blank.stdout.split('\n').slice(0, 3)).toEqual([
    'Form: HKATS and DCASS Upgrade - Confirmation for Post-Release Verification',
    'Participant Full Name:',
    'Participant of:',
  ]);
  for (const [args, words] of [
    [['blank', 'lunch'], 'there is no form "lunch"; write reset or confirmation'],
    [['fill', 'reset', '--user', 'Chan'], '--user Chan is no user id'],
    [
      ['fill', 'reset', '--user', 'BU_CABC101', 'BU_CABC102', 'BU_CABC103'],
      'a form has 2 places for a DCASS Online User',
    ],
    [
      ['fill', 'reset', '--set', 'Colour=red'],
      '--set "Colour=red": write "Label=value"; the labels are Participant Full Name',
    ],
    [['fill', 'reset', '--participant', 'CZZZ'], '--participant CZZZ is none of verification-day: CABC, CXYZ'],
    [['check', 'nowhere.pdf'], 'nowhere.pdf cannot be read (ENOENT)'],
  ] as const) {
    const refused = await run(['forms', ...args]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(words);
  }
});

test('a form that somebody has filled in by hand in a text editor is taken', async () => {
  const file = join(folder(), 'hand.txt');
  await run(['forms', 'fill', 'confirmation', '--out', file]);
  writeFileSync(file, `Dear Sirs,\r\n\r\n${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}\r\nRegards`);
  await using day = await startDay(['verification-day', '--at', '12:10']);
  const control = ['--control', day.ready.control.url, '--token', day.ready.control.token];
  expect((await run(['forms', 'send', file, ...control])).stdout).toContain(
    'Answer 1: Confirmation of CABC received\n',
  );
  expect((await run(['journal', 'kind=control.confirmation-received', ...control])).stdout).toContain('CABC');
});
