import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { StartedTestContainer } from 'testcontainers';
import { DcassSimContainer, StartedDcassSimContainer } from '../../packages/testcontainers/src/index.ts';
import type { Ready } from '../../src/ready.ts';
import { startDay } from '../cli/command.ts';

const run = promisify(execFile);

/** What the module would ask a container engine for. */
class Asked extends DcassSimContainer {
  get command(): readonly string[] {
    return this.createOpts.Cmd ?? [];
  }
  get variables(): Record<string, string> {
    return this.environment;
  }
}

/** A container as far as the module looks at one: the program itself, by its ports. */
function asContainer(ready: Ready): StartedTestContainer {
  const [first, second] = ready.oapi;
  const ports = new Map([
    [8082, ready.online[0]?.port],
    [15001, first?.port],
    [15002, second?.port],
    [2022, ready.sftp[0]?.port],
    [2525, ready.mail.port],
    [8092, Number(new URL(ready.control.url).port)],
  ]);
  const stand: Partial<StartedTestContainer> = {
    getHost: () => '127.0.0.1',
    getMappedPort: (port: number | string) => ports.get(Number(port)) ?? 0,
    exec: async ([command = '', ...args]: string[] | string) => {
      const { stdout } = await run(command, args);
      return { exitCode: 0, output: stdout, stdout, stderr: '' };
    },
  };
  return stand as StartedTestContainer;
}

// No engine runs where these tests do. What the module would start is started without a container.
test('a day in a container is reached through the mapped ports', async () => {
  const asked = new Asked('dcass-sim').withDay('expired-passwords', { at: '09:00' });
  const token = asked.variables['DCASS_SIM_CONTROL_TOKEN'] ?? '';
  expect(token).toMatch(/^[\w-]{32}$/);
  const [command, ...args] = asked.command;
  expect(command).toBe('up');
  const free = ['online=0', 'oapi=0', 'sftp=0', 'mail=0', 'control=0'];
  await using program = await startDay(
    [...args, '--plan', 'single', '--listen', '0.0.0.0', '--port', ...free],
    asked.variables,
  );
  const dcass = new StartedDcassSimContainer(asContainer(program.ready), token);
  expect(program.ready.scenario).toBe('expired-passwords');
  expect(await dcass.ca()).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(await dcass.sftpKey('CDEF')).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
  await expect(dcass.sftpKey('CNIL')).rejects.toThrow('no SFTP user CNIL; it has');
  expect(dcass.oapi).toEqual(program.ready.oapi.map(({ port }) => ({ host: '127.0.0.1', port })));
  const { host, port, name, url } = dcass.online(3);
  const { stdout } = await run('curl', [
    '-sS',
    '--cacert',
    program.ready.files.ca,
    '--connect-to',
    `${name}:${port}:${host}:${port}`,
    url,
  ]);
  expect(stdout).toContain('pgenrgw001');
  expect(() => dcass.online(5)).toThrow('gateways 1 to 4, and no 5');
  await dcass.advanceTo('10:00');
  expect(await dcass.control('GET', '/v1/clock')).toMatchObject({ simTime: '2019-05-20T10:00:00.000+08:00' });
  await expect(dcass.advanceTo('09:00')).rejects.toThrow('POST /v1/clock/advance: 4');
});
