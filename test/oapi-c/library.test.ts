import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeFrame, FrameReader } from '../../src/oapi/frame.ts';
import { wordsOf } from '../../src/oapi/completion.ts';
import { deal, participant, PASSWORD, user } from '../support/world.ts';
import { hasClient } from '../support/real-clients.ts';
import { message, read } from '../oapi/messages.ts';
import { typeOnly } from '../oapi/client.ts';
import { oapiWorld, type OapiWorld } from '../oapi/world.ts';
import { compile, startProbe, valgrind, type Probe } from './probe.ts';

const hex = (bytes: Buffer): string => bytes.toString('hex');
const UQ12 = hex(typeOnly('UQ12'));

describe.skipIf(!hasClient('gcc'))('the C library', () => {
  let probePath = '';
  beforeAll(() => {
    probePath = compile('probe', '-fsanitize=address,undefined');
  }, 60_000);

  const loginAt = (sim: OapiWorld, who = 'BO_CABC801', password = PASSWORD, forced = 0, gateway = 0): string =>
    `login 127.0.0.1 ${sim.gateways[gateway]?.port} ${who} ${password} ${forced}`;

  async function loggedIn(sim: OapiWorld, probe: Probe): Promise<void> {
    expect(await probe.call(loginAt(sim))).toMatchObject({ completion: 0 });
  }

  test.each([
    ['a right password', 'active', PASSWORD, 0],
    ['one that expires soon', 'expiring', PASSWORD, 2028],
    ['one that must be changed', 'change-required', PASSWORD, 2027],
    ['a locked user', 'locked', PASSWORD, -2033],
    ['a suspended user', 'suspended', PASSWORD, -2034],
    ['a wrong password', 'active', 'wrong', -2024],
    ['a user without NUL', 'active', '~', -2030],
    ['no password', 'active', '-', -28],
  ] as const)('login with %s gives %s %s %i', async (what, state, password, completion) => {
    await using sim = await oapiWorld({
      world: { participants: [participant('CABC', { users: [user('BO_CABC801', state)] })] },
    });
    await using probe = startProbe(probePath);
    const who = what.includes('NUL') ? '~' : 'BO_CABC801';
    expect(await probe.call(loginAt(sim, who, password === '~' ? PASSWORD : password))).toMatchObject({ completion });
  });

  test.each([
    ['a day that is closed', -2023, { phase: 'closed' }],
    ['a gateway that is full', -42, { settings: { sessionsMax: 0 } }],
  ] as const)('login at %s is refused with %i', async (_where, completion, options) => {
    await using sim = await oapiWorld(options);
    await using probe = startProbe(probePath);
    expect(await probe.call(loginAt(sim))).toMatchObject({ completion });
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -2008 });
  });

  test('parallel sessions are refused by their own codes', async () => {
    await using sim = await oapiWorld({ settings: { parallelSessions: 2, parallelAcrossGateways: false } });
    await using first = startProbe(probePath);
    await using second = startProbe(probePath);
    await using third = startProbe(probePath);
    await loggedIn(sim, first);
    await loggedIn(sim, second);
    expect(await third.call(loginAt(sim))).toMatchObject({ completion: -2047 });
    expect(await third.call(loginAt(sim, 'BO_CABC801', PASSWORD, 0, 1))).toMatchObject({ completion: -2048 });
  });

  test('just after a login the gateway may answer -2', async () => {
    await using sim = await oapiWorld({ settings: { notReadyMs: 500 } });
    await using probe = startProbe(probePath);
    await loggedIn(sim, probe);
    expect(await probe.call('info 1 12')).toMatchObject({ completion: -2, length: 0 });
    sim.transport.advance(500);
    expect(await probe.call('info 1 12')).toMatchObject({ completion: 0, length: 12 });
  });

  test('a second login is refused unless it is forced; the first session is then logged out, and told', async () => {
    await using sim = await oapiWorld();
    await using first = startProbe(probePath);
    await using second = startProbe(probePath);
    await loggedIn(sim, first);
    expect(await second.call(loginAt(sim))).toMatchObject({ completion: -2019 });
    expect(await second.call(loginAt(sim, 'BO_CABC801', PASSWORD, 1, 1))).toMatchObject({ completion: 0 });
    const told = await first.call('wait 1001 5000');
    expect([told.completion, told.bytes.toString('latin1', 2, 4), told.bytes.readInt32LE(6)]).toEqual([0, 'BN', 4004]);
    // A program that only reads events learns it too: the first read asks the gateway, and its answer ends the second.
    expect((await first.call('read 999 1 1000')).completion).toBeOneOf([-26, -5]);
    expect(await first.call('wait 999 3600000')).toMatchObject({ completion: -5 });
    expect(await first.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -5 });
    expect(await first.call(loginAt(sim, 'BO_CABC801', PASSWORD, 1))).toMatchObject({ completion: 0 });
    expect(await first.call('read 999 1 1000')).toMatchObject({ completion: -26 });
  });

  test('a program that only reads events tells the gateway that it lives, and by itself the library sends nothing', async () => {
    const LOGIN = 1;
    const GET_INFO = 6;
    const HEARTBEAT = 10;
    await using gateway = await gatewayThatSends([]);
    await using probe = startProbe(probePath, { OAPI_HEARTBEAT_MS: '1' });
    await probe.call(`login 127.0.0.1 ${gateway.port} A b 0`);
    expect(await probe.call('wait 999 50')).toMatchObject({ completion: -26 });
    expect(await probe.call('read 999 1 1000')).toMatchObject({ completion: -26 });
    await probe.call('info 2 4');
    const heard = [...gateway.heard];
    // The first wait began within the millisecond of the login, or not; it lasted longer than that.
    expect(heard.filter((op, i) => op !== HEARTBEAT || heard[i - 1] !== HEARTBEAT)).toEqual([
      LOGIN,
      HEARTBEAT,
      GET_INFO,
    ]);
    await using quiet = startProbe(probePath, { OAPI_HEARTBEAT_MS: '3600000' });
    await quiet.call(`login 127.0.0.1 ${gateway.port} A b 0`);
    await quiet.call('read 999 1 1000');
    await quiet.call('info 2 4');
    expect(gateway.heard.slice(heard.length)).toEqual([LOGIN, GET_INFO]);
  });

  test('a query answers its message and eight bytes of id, and writes nothing behind them', async () => {
    await using sim = await oapiWorld();
    await using probe = startProbe(probePath);
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -2008 });
    await loggedIn(sim, probe);
    const answered = await probe.call(`query 171 ${UQ12} 1000`);
    expect(answered).toMatchObject({ completion: 0, ids: [String(2n ** 32n + 1n), '0', 'abcdef01'] });
    expect(read('UA12', answered.bytes)).toMatchObject({ business_date: '20190506' });
    const short = await probe.call(`query 171 ${UQ12} 10`);
    expect(short).toMatchObject({ completion: -13, length: answered.length });
    expect(short.bytes).toEqual(answered.bytes.subarray(0, 10));
    expect(await probe.call('logout')).toMatchObject({ completion: 0 });
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -5 });
  });

  test('a transaction has both codes, and a wrong size is -2031', async () => {
    await using sim = await oapiWorld();
    await using probe = startProbe(probePath);
    await loggedIn(sim, probe);
    const refused = await probe.call(`tx 173 ${hex(message('CD35', {}))}`);
    expect(refused).toMatchObject({ completion: -12, status: -704_130 });
    expect(await probe.call(`query 173 ${hex(typeOnly('CQ3', 9))} 1000`)).toMatchObject({ completion: -2031 });
    expect(await probe.call(`query 99 ${UQ12} 1000`)).toMatchObject({ completion: -3 });
  });

  test('a password is changed after 2027, and only then other calls work', async () => {
    await using sim = await oapiWorld({
      world: { participants: [participant('CABC', { users: [user('BO_CABC801', 'change-required')] })] },
    });
    await using probe = startProbe(probePath);
    expect(await probe.call(loginAt(sim))).toMatchObject({ completion: 2027 });
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -2038 });
    expect(await probe.call(`password ${PASSWORD} short`)).toMatchObject({ completion: -41 });
    expect(await probe.call(`password ~ Next-Battery-77!`)).toMatchObject({ completion: -2030 });
    expect(await probe.call(`password ${PASSWORD} Next-Battery-77!`)).toMatchObject({ completion: 0 });
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: 0 });
  });

  test('the old login by a transaction of facility 1 does the same', async () => {
    await using sim = await oapiWorld();
    await using probe = startProbe(probePath);
    const { port } = sim.gateways[0];
    expect(await probe.call(`old-login 127.0.0.1 ${port} BO_CABC801 ${PASSWORD}`)).toMatchObject({ completion: 0 });
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: 0 });
  });

  test('events without a list are packed with their lengths, one at a time they are bare, and none is -26', async () => {
    await using sim = await oapiWorld({ phase: 'normal' });
    await using probe = startProbe(probePath);
    await loggedIn(sim, probe);
    expect(await probe.call('read 999 1 1000')).toMatchObject({ completion: -26, length: 0 });
    expect((await probe.call('read 1000 0 100')).bytes.toString('latin1')).toBe('1,990,1001');
    expect(await probe.call('set 1')).toMatchObject({ completion: 0 });
    expect(await probe.call('set 1')).toMatchObject({ completion: 1 });
    expect(await probe.call('set 7')).toMatchObject({ completion: -30 });
    sim.core.sendMessage(undefined, 'One');
    sim.core.sendMessage(undefined, 'Two');
    // Answered behind them on the same line, so they are here.
    await probe.call(`query 171 ${UQ12} 1000`);
    expect(await probe.call('wait 999 5000')).toMatchObject({ completion: 0 });
    sim.core.sendMessage(undefined, 'Three');
    sim.core.sendMessage(undefined, 'Four');
    sim.core.sendMessage(undefined, 'Five');
    await probe.call(`query 171 ${UQ12} 1000`);
    const short = await probe.call('read 1 0 10');
    expect(short.completion).toBe(-13);
    const bare = await probe.call('read 1 0 1000');
    expect([bare.completion, bare.length, bare.bytes.toString('latin1', 0, 2)]).toEqual([0, short.length, 'BI']);
    // Two more wait, and only one fits.
    const many = await probe.call(`read 1 1 ${bare.length * 2}`);
    const length = many.bytes.readUInt16LE(0);
    expect([length, many.length, many.bytes.toString('latin1', 2, 4)]).toEqual([bare.length, 2 + bare.length, 'BI']);
    expect(await probe.call('read 1 1 1000')).toMatchObject({ completion: 0, length: many.length });
    expect(await probe.call('read 1 1 1000')).toMatchObject({ completion: -26 });
    expect(await probe.call('clear 1')).toMatchObject({ completion: 0 });
    expect(await probe.call('clear 1')).toMatchObject({ completion: 2 });
  });

  test.each([{}, { OAPI_EVENT_HANDLE_QUIRK: '1' }])('events of a list have handles in front, with %o', async (env) => {
    await using sim = await oapiWorld({ phase: 'normal' });
    await using probe = startProbe(probePath, env);
    await loggedIn(sim, probe);
    const list = Buffer.alloc(44);
    list.writeInt32LE(44);
    for (const [i, type] of ['BD6', 'BD40'].entries()) {
      list.writeUInt16LE(4, 4 + i * 20 + 2);
      typeOnly(type).copy(list, 4 + i * 20 + 4);
    }
    const set = await probe.call(`set-list 1 ${hex(list)}`);
    expect([set.completion, set.bytes.readUInt32LE(16), set.bytes.readUInt32LE(36)]).toEqual([0, 1, 2]);
    sim.core.matchDeal(deal());
    await probe.call(`query 171 ${UQ12} 1000`);
    const { bytes, length } = await probe.call('read 999 1 5000');
    const events: [number, string][] = [];
    for (let at = 0; at < length;) {
      const size = bytes.readUInt16LE(at + 4);
      events.push([bytes.readUInt32LE(at), `${bytes.toString('latin1', at + 6, at + 8)}${bytes.readUInt16LE(at + 8)}`]);
      at += Math.ceil((6 + size) / 4) * 4;
    }
    const none = 0xffff_ffff;
    const isQuirk = 'OAPI_EVENT_HANDLE_QUIRK' in env;
    expect(events).toEqual([
      [isQuirk ? none : 1, 'BD6'],
      [isQuirk ? none : 2, 'BD40'],
    ]);
  });

  test('get info gives its bytes, and a short room -13', async () => {
    await using sim = await oapiWorld();
    await using probe = startProbe(probePath);
    await loggedIn(sim, probe);
    expect((await probe.call('info 2 4')).bytes.readUInt32LE(0)).toBe(170);
    expect((await probe.call('info 1 12')).bytes.toString('latin1')).toBe('HKCABC 801  ');
    expect(await probe.call('info 13 10')).toMatchObject({ completion: -13, length: 64 });
    expect(await probe.call('info 3 10')).toMatchObject({ completion: -2036, length: 0 });
  });

  test('the words of every code are the simulator’s, without a login and without NUL', async () => {
    await using probe = startProbe(probePath);
    for (const code of [0, 1, 2027, -12, -18, -26, -2001, -2012, -2031]) {
      const { completion, bytes } = await probe.call(`words ${code} 200`);
      expect([code, completion, bytes.toString('latin1')]).toEqual([code, 0, wordsOf(code)]);
    }
    expect((await probe.call('words -12 8')).bytes.toString('latin1')).toBe('the back');
    expect(await probe.call('words 4711 100')).toMatchObject({ completion: -26, length: 0 });
  });

  test('where nobody listens is -2012, an unknown name -2010, no name -29, and the environment says where to go', async () => {
    await using sim = await oapiWorld();
    await using lost = startProbe(probePath);
    expect(await lost.call(`login 127.0.0.1 1 BO_CABC801 ${PASSWORD} 0`)).toMatchObject({ completion: -2012 });
    expect(await lost.call(`login - 1 BO_CABC801 ${PASSWORD} 0`)).toMatchObject({ completion: -29 });
    expect(await lost.call(`login no.such.host.invalid 1 BO_CABC801 ${PASSWORD} 0`)).toMatchObject({
      completion: -2010,
    });
    const [first, second] = sim.gateways;
    const OAPI_OVERRIDE = `10.151.5.81=127.0.0.1:${first.port},10.151.5.82=127.0.0.1:${second.port}`;
    await using told = startProbe(probePath, { OAPI_OVERRIDE });
    expect(await told.call(`login 10.151.5.82 15001 BO_CABC801 ${PASSWORD} 0`)).toMatchObject({ completion: 0 });
    expect(sim.journal.of('oapi.login')).toMatchObject([{ gateway: 'oapi-2' }]);
    const DCASS_OAPI_ADDRESSES = `127.0.0.1:${first.port},127.0.0.1:${second.port}`;
    await using run = startProbe(probePath, { DCASS_OAPI_ADDRESSES });
    expect(await run.call(`login 10.151.5.81 15001 BO_CABC801 ${PASSWORD} 1`)).toMatchObject({ completion: 0 });
    expect(sim.journal.of('oapi.login')).toMatchObject([{}, { gateway: 'oapi-1' }]);
  });

  test('when the gateway dies the events that came are read, and then every call says so', async () => {
    await using sim = await oapiWorld();
    await using probe = startProbe(probePath);
    await loggedIn(sim, probe);
    await sim.gateways[0].stop('reset');
    const after = await probe.call(`query 171 ${UQ12} 1000`);
    expect([-2001, -2008]).toContain(after.completion);
    expect(await probe.call(`query 171 ${UQ12} 1000`)).toMatchObject({ completion: -2008 });
    expect(await probe.call('read 999 1 100')).toMatchObject({ completion: -2008 });
    // At once: longer than this test may last.
    expect(await probe.call('wait 999 3600000')).toMatchObject({ completion: -2008 });
    expect(await probe.call(loginAt(sim, 'BO_CABC801', PASSWORD, 1, 1))).toMatchObject({ completion: 0 });
  });

  test('overflow is the positive code 3, once, and the other events are read', async () => {
    const OVERFLOW = Buffer.from('0000000007000000', 'hex');
    const event = Buffer.concat([Buffer.from('01000000', 'hex'), typeOnly('BI7')]);
    await using gateway = await gatewayThatSends([encodeFrame(0xc0, 0, event), encodeFrame(0xc0, 0, OVERFLOW)]);
    await using probe = startProbe(probePath);
    expect(await probe.call(`login 127.0.0.1 ${gateway.port} A b 0`)).toMatchObject({ completion: 0 });
    await probe.call('info 2 4');
    const first = await probe.call('read 999 1 100');
    expect([first.completion, first.bytes.toString('latin1', 2, 4)]).toEqual([3, 'BI']);
    expect(await probe.call('read 999 1 100')).toMatchObject({ completion: -26 });
  });

  test.each([
    ['noise', Buffer.from('not a frame at all, not at all')],
    ['a length beyond the limit', Buffer.concat([Buffer.from('60fa000001810000', 'hex'), Buffer.alloc(70_000)])],
    ['half a frame', encodeFrame(0x81, 1, Buffer.alloc(24)).subarray(0, 20)],
    ['a reply that is too short', encodeFrame(0x81, 1, Buffer.alloc(8))],
    ['an event that is too short', encodeFrame(0xc1, 0, Buffer.alloc(2))],
    ['nothing', Buffer.alloc(0)],
  ])('a gateway that answers a login with %s is given up, and the program goes on', async (_what, bytes) => {
    await using gateway = await gatewayThatSays(bytes);
    await using probe = startProbe(probePath, { OAPI_CALL_TIMEOUT_MS: '300' });
    const { completion } = await probe.call(`login 127.0.0.1 ${gateway.port} A b 0`);
    expect([-2001, -54]).toContain(completion);
    expect(await probe.call('read 999 1 100')).toMatchObject({ completion: -2008 });
  });

  // Goal: nothing that a gateway sends breaks a program or keeps it for ever. Method: any frames and any bytes behind a good
  // login, under the compiler's checks and valgrind; every call comes back.
  test.each([
    { by: 'the checks of addresses and behaviour', flags: ['-fsanitize=address,undefined'], under: [], numRuns: 40 },
    { by: 'the checks of threads', flags: ['-fsanitize=thread'], under: [], numRuns: 40 },
    ...(hasClient('valgrind') ? [{ by: 'valgrind', flags: ['-O1'], under: valgrind(), numRuns: 12 }] : []),
  ])(
    'whatever a gateway sends, every call comes back with a code: watched by $by',
    async ({ flags, under, numRuns }) => {
      const path = compile('probe', ...flags);
      const frame = fc
        .tuple(
          fc.constantFrom(0x81, 0x85, 0xc0, 0xc1, 0xff, 0x00),
          fc.nat({ max: 4 }),
          fc.uint8Array({ maxLength: 60 }),
        )
        .map(([op, id, body]) => encodeFrame(op, id, Buffer.from(body)));
      const bytes = fc.uint8Array({ maxLength: 60 }).map((each) => Buffer.from(each));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(frame, bytes), { maxLength: 8 }), async (sent) => {
          await using gateway = await gatewayThatSends(sent);
          await using probe = startProbe(path, { OAPI_CALL_TIMEOUT_MS: '2000', OAPI_HEARTBEAT_MS: '1' }, under);
          const calls = [
            `login 127.0.0.1 ${gateway.port} A b 0`,
            'info 2 4',
            'read 999 1 40',
            'read 999 0 4',
            'logout',
          ];
          for (const call of calls) expect(Number.isInteger((await probe.call(call)).completion)).toBe(true);
        }),
        { numRuns },
      );
    },
    120_000,
  );

  test('the checked mode tells misuse by function and argument, and says nothing without it', async () => {
    await using sim = await oapiWorld({ phase: 'normal' });
    await using quiet = startProbe(probePath);
    await using probe = startProbe(probePath, { OAPI_CHECKED: '1' });
    for (const [each, forced] of [
      [quiet, 0],
      [probe, 1],
    ] as const) {
      expect((await each.call(loginAt(sim, '~'))).completion).toBe(-2030);
      expect((await each.call(loginAt(sim, 'BO_CABC801', PASSWORD, forced))).completion).toBe(0);
      await each.call('set 1');
      expect((await each.call(`close-ids 171 ${UQ12}`)).completion).toBe(0);
      expect((await each.call(`query 173 ${hex(typeOnly('CQ3', 9))} 100`)).completion).toBe(-2031);
      for (let i = 0; i < 100; i++) sim.core.sendMessage(undefined, `Message ${i}`);
      await each.call(`query 171 ${UQ12} 1000`);
    }
    for (const each of [quiet, probe]) await each[Symbol.asyncDispose]();
    expect(quiet.said()).toBe('');
    expect(probe.said().trim().split('\n')).toEqual([
      expect.stringMatching(/^oapi: login_ex, user: none of its 32 characters is NUL; end it with NUL/),
      expect.stringMatching(/^oapi: query_ex, transaction and order id: they stand four bytes apart/),
      expect.stringMatching(/^oapi: query_ex, message: 9 bytes are no CQ3 of the gateway's dictionary; compare sizeof/),
      expect.stringMatching(
        /^oapi: query_ex, session: 100 events wait, and nobody reads them; call omniapi_read_event/,
      ),
    ]);
    expect(probe.said()).not.toContain(PASSWORD);
  });

  test('the checks of threads find nothing where two threads use a session', () => {
    const path = compile('threads', '-fsanitize=thread');
    const said = execFileSync(path, { encoding: 'utf8', env: { ...process.env, TSAN_OPTIONS: 'halt_on_error=1' } });
    expect(said).toBe('done\n');
  });
});

interface Listening extends AsyncDisposable {
  readonly port: number;
}

async function listening(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends these bytes to whoever connects, and then is silent. */
function gatewayThatSays(bytes: Buffer): Promise<Listening> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.write(bytes);
    }),
  );
}

/** Says yes to every request, and sends these frames behind the answer to the first; `heard` are the operations. */
async function gatewayThatSends(frames: readonly Buffer[]): Promise<Listening & { readonly heard: number[] }> {
  const heard: number[] = [];
  const gateway = await listening(
    createServer((socket) => {
      const reader = new FrameReader();
      let waiting = frames;
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        reader.push(chunk);
        for (let frame = reader.next(); frame; frame = reader.next()) {
          heard.push(frame.op);
          socket.write(Buffer.concat([encodeFrame(frame.op | 0x80, frame.requestId, Buffer.alloc(24)), ...waiting]));
          waiting = [];
        }
      });
    }),
  );
  return { ...gateway, heard };
}
