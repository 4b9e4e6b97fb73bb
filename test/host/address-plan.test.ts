import { expect, test } from 'vitest';
import {
  defaultPlan,
  planAddresses,
  toLoopback,
  type AddressPlan,
  type PlannedAddresses,
} from '../../src/host/address-plan.ts';

const PLANS: readonly AddressPlan[] = ['loopback', 'single', 'ephemeral', 'production'];

const place = ({ address, port }: { readonly address: string; readonly port: number }): string => `${address}:${port}`;

function places({ online, oapi, sftp, mail, control }: PlannedAddresses): Record<string, string | string[]> {
  return {
    online: online.map((each) => `${each.host} ${place(each)}`),
    oapi: oapi.map(place),
    sftp: place(sftp),
    mail: place(mail),
    control: place(control),
  };
}

test('the production plan has the names, addresses and ports of the rollout package', () => {
  expect(places(planAddresses('production'))).toEqual({
    online: [
      'pgencdw001.hkex.com.hk 10.151.14.155:8082',
      'pgencdw002.hkex.com.hk 10.151.14.156:8082',
      'pgenrgw001.hkex.com.hk 10.151.14.101:8082',
      'pgenrgw002.hkex.com.hk 10.151.14.102:8082',
    ],
    oapi: ['10.151.5.81:15001', '10.151.5.82:15001'],
    sftp: '10.151.14.201:22',
    mail: '10.151.14.202:25',
    control: '127.0.0.1:8092',
  });
});

test('the loopback plan keeps the last three numbers of every address, and needs no privilege', () => {
  expect(places(planAddresses('loopback'))).toEqual({
    online: [
      'pgencdw001.hkex.com.hk 127.151.14.155:8082',
      'pgencdw002.hkex.com.hk 127.151.14.156:8082',
      'pgenrgw001.hkex.com.hk 127.151.14.101:8082',
      'pgenrgw002.hkex.com.hk 127.151.14.102:8082',
    ],
    oapi: ['127.151.5.81:15001', '127.151.5.82:15001'],
    sftp: '127.151.14.201:2022',
    mail: '127.151.14.202:2525',
    control: '127.0.0.1:8092',
  });
  expect(toLoopback('10.151.5.81')).toBe('127.151.5.81');
});

test('the single plan is on 127.0.0.1 with one listener for the four gateways', () => {
  const planned = planAddresses('single');
  expect(planned.sharedOnline).toBe(true);
  expect(new Set(planned.online.map(place))).toEqual(new Set(['127.0.0.1:8082']));
  expect(places(planned)).toMatchObject({
    oapi: ['127.0.0.1:15001', '127.0.0.1:15002'],
    sftp: '127.0.0.1:2022',
    mail: '127.0.0.1:2525',
    control: '127.0.0.1:8092',
  });
});

test('the ephemeral plan asks for free ports of 127.0.0.1 only, a listener for each gateway', () => {
  const { online, oapi, sftp, mail, control, sharedOnline } = planAddresses('ephemeral');
  const all = [...online, ...oapi, sftp, mail, control];
  expect(sharedOnline).toBe(false);
  expect(all.map(place)).toEqual(all.map(() => '127.0.0.1:0'));
});

test.each(PLANS)('no two listeners of the plan %s share a place', (plan) => {
  const { online, oapi, sftp, mail, control, sharedOnline } = planAddresses(plan);
  const listeners = [...(sharedOnline ? online.slice(0, 1) : online), ...oapi, sftp, mail, control];
  const fixed = listeners.filter((each) => each.port !== 0).map(place);
  expect(new Set(fixed).size).toBe(fixed.length);
});

test.each(PLANS)('the names of the listeners of the plan %s are the same as in every other', (plan) => {
  const { online, oapi, sftp } = planAddresses(plan);
  expect([...online, ...oapi, sftp].map((each) => each.name)).toEqual([
    'online-1',
    'online-2',
    'online-3',
    'online-4',
    'oapi-1',
    'oapi-2',
    'sftp',
  ]);
});

test('a chosen port wins in every plan; gateways that share an address count up from it', () => {
  const ports = { online: 9_001, oapi: 9_101, sftp: 9_201, mail: 9_301, control: 9_401 };
  const portsOf = (plan: AddressPlan): number[][] => {
    const { online, oapi, sftp, mail, control } = planAddresses(plan, ports);
    return [online.map((each) => each.port), oapi.map((each) => each.port), [sftp.port, mail.port, control.port]];
  };
  const others = [9_201, 9_301, 9_401];
  expect(portsOf('loopback')).toEqual([[9_001, 9_001, 9_001, 9_001], [9_101, 9_101], others]);
  expect(portsOf('production')).toEqual([[9_001, 9_001, 9_001, 9_001], [9_101, 9_101], others]);
  expect(portsOf('single')).toEqual([[9_001, 9_001, 9_001, 9_001], [9_101, 9_102], others]);
  expect(portsOf('ephemeral')).toEqual([[9_001, 9_002, 9_003, 9_004], [9_101, 9_102], others]);
});

test('port 0 in any plan is a free port for each', () => {
  const { oapi, online } = planAddresses('single', { online: 0, oapi: 0 });
  expect([...online, ...oapi].map((each) => each.port)).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([-1, 65_536, 1.5, Number.NaN])('%s is no port', (port) => {
  expect(() => planAddresses('single', { sftp: port })).toThrow(
    expect.objectContaining({
      code: 'SIM_OPTION_INVALID',
      message: `the sftp port is a number from 0 to 65535, not ${port}`,
    }),
  );
});

test('two windows on one port are refused by name, before another simulator is blamed', () => {
  expect(() => planAddresses('single', { mail: 8_082 })).toThrow(
    expect.objectContaining({
      code: 'SIM_OPTION_INVALID',
      message: 'online-1 and mail cannot both listen on 127.0.0.1:8082; give one another port',
    }),
  );
  expect(() => planAddresses('single', { oapi: 65_535 })).toThrow('oapi-2 would get port 65536; the highest is 65535');
  // The same port on two addresses is fine.
  expect(planAddresses('loopback', { mail: 8_082 }).mail.port).toBe(8_082);
});

test('the default plan is single on macOS, which answers on 127.0.0.1 only, and loopback elsewhere', () => {
  expect([defaultPlan('darwin'), defaultPlan('linux'), defaultPlan('win32')]).toEqual([
    'single',
    'loopback',
    'loopback',
  ]);
});

test('an address to listen on stands in the place of 127.0.0.1, in the plans that have it', () => {
  const { online, oapi, control } = planAddresses('single', {}, { listenOn: '0.0.0.0' });
  expect([...online, ...oapi, control].map((each) => each.address)).toEqual(Array(7).fill('0.0.0.0'));
  expect(() => planAddresses('loopback', {}, { listenOn: '0.0.0.0' })).toThrow('goes with --plan single or ephemeral');
  expect(() => planAddresses('single', {}, { listenOn: 'localhost' })).toThrow('"localhost" is no IP address');
});
