import { expect, test } from 'vitest';
import { run, startDay } from './command.ts';

test('clock shows, advances, pauses and resumes a running day', async () => {
  await using day = await startDay();
  const talk = (...args: string[]): ReturnType<typeof run> => run([...args, '--state-dir', day.stateDir]);
  expect(await talk('clock')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^2019-05-05 06:30:00 HKT, paused, next: 2019-05-05 07:00:00\n$/) as string,
  });
  expect((await talk('clock', 'advance', '09:00')).stdout).toMatch(/^2019-05-05 09:00:00 HKT/);
  expect((await talk('clock', 'advance', '30m')).stdout).toMatch(/^2019-05-05 09:30:00 HKT/);
  expect((await talk('clock', 'next')).stdout).toMatch(/^2019-05-05 10:00:00 HKT/);
  expect((await talk('clock', 'resume', '2', '--json')).stdout).toContain('"mode":"running","speed":2');
  expect((await talk('clock', 'pause', '--json')).stdout).toContain('"mode":"paused"');
  expect(await talk('clock', 'advance', '08:00')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('cannot go back') as string,
  });
  expect(await talk('clock', 'rewind')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('advance') as string,
  });
  expect(await talk('clock', 'resume', 'fast')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('above 0') as string,
  });
});

test('journal prints what fits the filter, follows, and inject makes something happen', async () => {
  await using day = await startDay(['--at', '09:00']);
  const talk = (...args: string[]): ReturnType<typeof run> => run([...args, '--state-dir', day.stateDir]);
  const opened = await talk('journal', 'kind=clearing.phase-changed', '--json');
  expect(
    opened.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { phase: string }).phase),
  ).toEqual(['enquiry-only']);
  expect((await talk('journal', 'kind=clearing.phase-changed')).stdout).toMatch(
    /^09:00:00 +clearing +DCASS is open for enquiry only\n$/,
  );

  expect(await talk('inject', 'gateway.stop', 'which=[1]', 'how=refuse')).toMatchObject({ code: 0 });
  const [gateway] = day.ready.online;
  await expect(fetch(`https://127.0.0.1:${gateway?.port}/login`)).rejects.toMatchObject({
    cause: { code: 'ECONNREFUSED' },
  });
  expect(await talk('inject', 'gateway.start', 'which=[1]')).toMatchObject({ code: 0 });
  await expect(fetch(`https://127.0.0.1:${gateway?.port}/login`)).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/CERT|ISSUER/) as string },
  });
  expect(await talk('inject', 'gateway.explode')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('gateway.stop') as string,
  });
  expect(await talk('journal', 'kind')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('name=value') as string,
  });
});

test('without a running day the commands that talk to one say so and end with 3', async () => {
  const { code, stderr } = await run(['clock', '--state-dir', '/nonexistent-dcass-sim']);
  expect(code).toBe(3);
  expect(stderr).toContain('dcass-sim up');
});

test('fault begins a fault, lists it, says what it does, and ends it', async () => {
  await using day = await startDay();
  const talk = (...args: string[]): ReturnType<typeof run> => run([...args, '--state-dir', day.stateDir]);
  const said = 'fault-1: GET /positions at online-1: answers come 2s late; 3 times.';
  expect(
    await talk(
      'fault',
      'start',
      'match.listener=online-1',
      'match.method=GET',
      'match.path=/positions',
      'effect.delay=2s',
      'times=3',
    ),
  ).toMatchObject({ code: 0, stdout: `${said}\n` });
  expect((await talk('fault', 'list')).stdout).toBe(`${said} (hits: 0)\n`);
  expect((await talk('fault', 'stop', 'fault-1')).stdout).toBe('fault-1: over\n');
  expect((await talk('fault')).stdout).toBe('no fault is in force\n');
  expect(await talk('fault', 'stop', 'fault-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No fault "fault-1" is in force') as string,
  });
  expect(await talk('fault', 'start', 'match.listener=online-1', 'effect=resset')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('write "reset"') as string,
  });
});
