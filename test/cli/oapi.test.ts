import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run, startDay, type Finished, type RunningDay } from './command.ts';

const DAY = ['certification-rehearsal', '--at', '09:30'];

function oapi(day: RunningDay, ...args: readonly string[]): Promise<Finished> {
  return run(['oapi', '--state-dir', day.stateDir, '--user', 'BO_CABC801', ...args]);
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-oapi-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'file.txt');
  writeFileSync(path, text);
  return path;
}

test('a query prints both codes and the rows, as they could be typed; --json everything', async () => {
  await using day = await startDay(DAY);
  const { code, stdout, stderr } = await oapi(day, 'query', 'CQ3', 'account.account_id=C0012345');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^query CQ3: 0 done; status \d+ CL_OMN_NOINFO: nothing found; transaction \d+\nCA3/);
  const held = await oapi(day, '--json', 'query', 'CQ3', 'account.account_id=HOUSE');
  const answer = JSON.parse(held.stdout) as { message: { fields: { item: readonly { nbr_held: number }[] } } };
  expect(answer.message.fields.item.map((each) => each.nbr_held)).toEqual([55, 4]);
  for (const line of stdout.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
});

test('a script stops at what is refused, says where, and ends with 1; --keep-going goes on', async () => {
  await using day = await startDay(DAY);
  const script = file('# a script\nquery UQ12\nexpect completion=0\ntransact CC40 give_up_number=99\nquery CQ68\n');
  const stopped = await oapi(day, 'script', script);
  expect(stopped.code).toBe(1);
  expect(stopped.stdout).toMatch(/^query UQ12: 0 done.*\nUA12 [^]*\ntransact CC40: -12 .*\n$/);
  expect(stopped.stderr).toBe('stopped at: transact CC40 give_up_number=99\n');
  const gone = await oapi(day, '--keep-going', 'script', script);
  expect(gone.code).toBe(1);
  expect(gone.stdout).toContain('query CQ68: 0 done');
});

test('listen prints what comes of what was asked for, and ends after so many', async () => {
  await using day = await startDay(DAY);
  expect((await oapi(day, 'subscriptions')).stdout).toMatch(/^BD6  dedicated to its participant$/m);
  const listening = oapi(day, '--json', 'listen', 'BI27', '--count', '1');
  await day.line((entry) => entry.kind === 'oapi.set-event');
  await run(['inject', '--state-dir', day.stateDir, 'message.send', 'to=all', 'text=Hello']);
  const { code, stdout, stderr } = await listening;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    event: 1,
    handle: 1,
    message: { type: 'BI27', fields: { item: [{ text_line: 'Hello' }] } },
  });
});

test.each([
  [['query', 'CQ3', 'acount.account_id=HOUSE'], 'CQ3 has no field acount; write account'],
  [['query', 'CQ33'], 'genium has no message CQ33'],
  [['qeury', 'CQ3'], 'there is no command "qeury"; write query'],
  [['query', 'CQ3', '--pages'], 'there is no flag --pages'],
  [['query'], 'write query TYPE field=value'],
  [['info', 'two'], 'write the number'],
  [['listen', '--for', 'ever'], '--for is a duration'],
  [['query', 'CQ3', 'item[9999].a=1'], 'an index is from 0 to 999'],
  [['expect', 'completion=0'], 'nothing has been asked yet'],
] as const)('%j is a usage error that says what to write', async (words, message) => {
  await using day = await startDay(DAY);
  const { code, stderr } = await oapi(day, ...words);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
});

test('a refused login ends with 1, an unknown user and a missing gateway are told', async () => {
  await using day = await startDay(DAY);
  const wrong = await oapi(day, '--password-file', file('not it\n'), 'query', 'UQ12');
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toBe('login: -2024 wrong user or password\n');
  expect((await oapi(day, 'login')).stdout).toBe('login: 0 done\n');
  const other = await run(['oapi', '--state-dir', day.stateDir, '--user', 'BO_CABC888', 'query', 'UQ12']);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('the password of BO_CABC888 is not known')]);
  const nobody = await oapi(day, '--address', '127.0.0.1:1', 'query', 'UQ12');
  expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining('no OAPI gateway at 127.0.0.1:1')]);
});

test('the addresses and the password of `run` are taken from the environment; help needs no gateway', async () => {
  await using day = await startDay(DAY);
  const second = day.ready.oapi[1];
  const env = {
    DCASS_OAPI_ADDRESSES: `127.0.0.1:1,${second?.address}:${second?.port}`,
    DCASS_OAPI_USER: 'BO_CXYZ801',
    DCASS_OAPI_PASSWORD: 'Backoffice+801',
  };
  const { code } = await run(['oapi', '--gateway', '2', 'query', 'UQ12'], env);
  expect(code).toBe(0);
  await day.line((entry) => entry.kind === 'oapi.login' && entry['gateway'] === 'oapi-2');
  expect((await run(['oapi', 'help'])).stdout).toMatch(/^query TYPE/);
  expect((await run(['oapi', 'show', 'UQ12'])).stdout).toContain('query_business_date, 4 bytes: UQ12');
});

test('a password that has expired is changed after the login, and neither is printed', async () => {
  await using day = await startDay(DAY);
  await run(['inject', '--state-dir', day.stateDir, 'password.expire', 'user=BO_CABC901']);
  const as = (...args: readonly string[]) =>
    run(['oapi', '--state-dir', day.stateDir, '--user', 'BO_CABC901', ...args]);
  const restricted = await as('query', 'UQ12');
  expect(restricted.stdout).toMatch(/^query UQ12: -2038 refused until the password is changed/);
  expect(restricted.stderr).toContain('login: 2027 logged in, but the password must be changed first');
  const next = file('Next-Battery-77!\n');
  const changed = await as('--new-password-file', next, 'query', 'UQ12');
  expect(changed.stdout).toMatch(/^set new password: 0 done\nquery UQ12: 0 done/);
  expect(`${changed.stdout}${changed.stderr}${day.stdout()}`).not.toContain('Next-Battery');
  expect((await as('--password-file', next, 'login')).stdout).toBe('login: 0 done\n');
});
