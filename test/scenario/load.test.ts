import { describe, expect, test } from 'vitest';
import { initialState } from '../../src/clearing/initial-state.ts';
import { checkNewPassword, DEFAULT_PASSWORD_RULES } from '../../src/clearing/password-rules.ts';
import { Secret } from '../../src/clearing/secret.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { toClockText, toIso } from '../../src/time/instant.ts';
import { dayText, load, SCENARIOS, troubles } from './support/day.ts';

async function shipped(name: string): Promise<Scenario> {
  const result = await loadScenario(name, { scenariosDir: SCENARIOS });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

describe('the verification day', () => {
  test('opens at 9:00 for enquiries only, closes at 12:00, and works for Monday', async () => {
    const { sessions, businessDate, date, start } = await shipped('verification-day');
    expect(sessions.map((each) => [each.mode, toIso(each.opensAt), each.closesAt && toIso(each.closesAt)])).toEqual([
      ['enquiry-only', '2019-05-05T09:00:00.000+08:00', '2019-05-05T12:00:00.000+08:00'],
    ]);
    expect([date, businessDate, toClockText(start)]).toEqual(['2019-05-05', '2019-05-06', '06:30']);
  });

  test('has one user whose password has expired, one near it, one locked, and all others active', async () => {
    const { world } = await shipped('verification-day');
    const states = world.participants.flatMap(({ users }) => users.map((user) => [user.id as string, user.state]));
    expect(states.filter(([, state]) => state !== 'active')).toEqual([
      ['BU_CABC102', 'expired'],
      ['BO_CABC901', 'expiring'],
      ['BU_CXYZ102', 'locked'],
    ]);
    expect(states).toHaveLength(10);
  });

  test('has the deals of Friday, and those of its after-hours session carry Monday', async () => {
    const { deals } = (await shipped('verification-day')).world;
    expect(deals.length).toBeGreaterThanOrEqual(40);
    const isAfterHours = (deal: (typeof deals)[number]): boolean => toIso(deal.matchedAt) >= '2019-05-03T17:15';
    expect(new Set(deals.filter(isAfterHours).map((deal) => deal.clearingDate))).toEqual(new Set(['2019-05-06']));
    expect(new Set(deals.filter((deal) => !isAfterHours(deal)).map((deal) => deal.clearingDate))).toEqual(
      new Set(['2019-05-03']),
    );
  });

  test('is a world that the clearing model starts from', async () => {
    const state = initialState((await shipped('verification-day')).world);
    expect(state.series.size).toBe(20);
    expect(state.books.get('CABC' as never)?.trades.size).toBeGreaterThan(40);
  });
});

test('a name that is not shipped is refused with the names that are, and the nearest', async () => {
  await expect(loadScenario('verification-dya', { scenariosDir: SCENARIOS })).rejects.toMatchObject({
    code: 'SIM_SCENARIO_NOT_FOUND',
    message: expect.stringMatching(
      /did you mean verification-day\?.*shipped: certification-rehearsal, .*, verification-day/,
    ),
  });
});

test('a path where no file is, and one where a folder is, are refused by name', async () => {
  await expect(loadScenario('./no/such.yaml')).rejects.toMatchObject({
    code: 'SIM_SCENARIO_NOT_FOUND',
    message: './no/such.yaml: there is no such file',
  });
  await expect(loadScenario(SCENARIOS)).rejects.toMatchObject({
    code: 'SIM_SCENARIO_NOT_FOUND',
    message: expect.stringContaining('it is a folder'),
  });
});

test('all problems of a file come at once, in the order of its lines', () => {
  const text = dayText({
    timeline:
      '  - { at: "09:00", do: session.opne }\n  - { at: "10:00", do: password.expire, with: { user: "BU_CABC102" } }',
  }).replace('"APT"', '"APT-ACCOUNT-1"');
  expect(troubles(text).map((each) => each.split(':')[0])).toEqual(['9', '18', '19']);
});

describe('passwords that the file leaves out', () => {
  const passwords = (scenario: Scenario): string[] =>
    scenario.world.participants.flatMap(({ users }) => users.map((user) => user.password.reveal()));

  test('are the same for the same seed, and others for another', () => {
    expect(passwords(load(dayText(), 7))).toEqual(passwords(load(`${dayText()}x-other: 1\n`, 7)));
    expect(passwords(load(dayText(), 7))).not.toEqual(passwords(load(dayText(), 8)));
    expect(new Set(passwords(load(dayText(), 7))).size).toBe(4);
  });

  test('follow the rules of their kind of user', () => {
    for (const { users } of load(dayText(), 'any').world.participants) {
      for (const user of users) {
        const nobody = { password: new Secret(''), earlierPasswords: [] } as never;
        expect(checkNewPassword(DEFAULT_PASSWORD_RULES[user.kind], nobody, user.password)).toMatchObject({ ok: true });
      }
    }
  });

  test('of one user do not change when another user is added before it', () => {
    const more = dayText().replace('users: [', 'users: [{ id: "BU_CABC109" }, ');
    const of = (scenario: Scenario): string | undefined =>
      scenario.world.participants[0]?.users.find((user) => user.id === 'BU_CABC201')?.password.reveal();
    expect(of(load(more))).toBe(of(load(dayText())));
  });
});

test('settings that the file leaves out stay with the windows that own them', () => {
  const { gateways, reports } = load(
    dayText({
      world:
        '  gateways: { online: { idle: 10m, userSessions: 1, secondLogin: takes-over }, oapi: { notReady: 0s, pageSize: 2 }, sftp: { keepDays: 3 } }\n  reports: { writing: 2s }',
    }),
  );
  expect({ gateways, reports }).toEqual({
    gateways: {
      online: { idleMs: 600_000, userSessions: 1, secondLogin: 'takes-over' },
      oapi: { notReadyMs: 0, pageSize: 2 },
      secondary: { online: [], oapi: [] },
      sftp: { keepDays: 3 },
    },
    reports: { writingMs: 2_000, schedule: [], templates: undefined },
  });
  expect(load(dayText()).gateways).toEqual({ online: {}, oapi: {}, secondary: { online: [], oapi: [] }, sftp: {} });
});

test('user types of OAPI users are taken as they stand, and what is wrong with them is said', () => {
  const world = (userTypes: string): string =>
    dayText({ world: `  gateways: { oapi: { userTypes: [${userTypes}] } }` });
  const { gateways } = load(world('{ name: QUERY, users: ["BO_CABC801"], transactions: [CQ3], except: [BD6] }'));
  expect(gateways.oapi.userTypes).toEqual([
    { name: 'QUERY', users: ['BO_CABC801'], transactions: ['CQ3'], broadcasts: 'all', except: ['BD6'] },
  ]);
  const said = (userTypes: string): string => troubles(world(userTypes)).join('; ');
  expect(said('{ name: A, users: ["BO_CABC802"] }')).toMatch(/there is no user "BO_CABC802"; write "BO_CABC801"/);
  expect(said('{ name: A, users: ["BU_CABC101"] }')).toMatch(/"BU_CABC101" is no OAPI user/);
  expect(said('{ name: A, users: ["BO_CABC801"] }, { name: B, users: ["BO_CABC801"] }')).toMatch(
    /has the user type "A"/,
  );
  expect(said('{ name: A, users: ["BO_CABC801"], transactions: [CQ33] }')).toMatch(/no transaction "CQ33"/);
  expect(said('{ name: A, users: ["BO_CABC801"], except: [BD66] }')).toMatch(/no message "BD66"; write "BD6"/);
  expect(said('{ name: TOOLONG, users: ["BO_CABC801"] }')).toMatch(/a name of 1 to 5 plain/);
  expect(said('{ name: A, users: ["BO_CABC801"], transactions: [cq3] }')).toMatch(/CQ3/);
});

test('password rules change only where the file says so, and never means never', () => {
  const { passwords } = load(dayText({ world: '  passwords: { oapi: { lengthMin: 10, lifetimeDays: never } }' })).world;
  expect(passwords).toEqual({
    ...DEFAULT_PASSWORD_RULES,
    oapi: { ...DEFAULT_PASSWORD_RULES.oapi, lengthMin: 10, lifetimeDays: undefined },
  });
});

test('the business date is the day itself, or the next business day', () => {
  const of = (date: string): string =>
    load(dayText({ day: `{ date: "${date}", start: "06:30", end: "13:00" }` })).businessDate;
  expect([of('2019-05-03'), of('2019-05-04'), of('2019-05-12'), of('2019-05-13')]).toEqual([
    '2019-05-03',
    '2019-05-06',
    '2019-05-14',
    '2019-05-14',
  ]);
});

test('a time past midnight belongs to the day, and steps at one time keep the order of the file', () => {
  const { steps } = load(
    dayText({
      day: '{ date: "2019-05-03", start: "06:30", end: "+1d 02:00" }',
      timeline:
        '  - { at: "17:15", do: note, with: { text: a } }\n  - { id: b, at: "+1d 01:45", do: note, with: { text: b } }\n  - { after: { id: b, by: 0s }, do: note, with: { text: c } }',
    }),
  );
  expect(steps.map((step) => [step.id, toIso(step.at).slice(0, 16)])).toEqual([
    ['step-1', '2019-05-03T17:15'],
    ['b', '2019-05-04T01:45'],
    ['step-3', '2019-05-04T01:45'],
  ]);
});

test('sections x-… are left to other tools', () => {
  expect(load(`${dayText()}x-anything: [1, { a: b }]\n`).id).toBe('small');
});

test('a mistake in the day does not hide mistakes elsewhere', () => {
  const text = dayText({
    day: '{ date: "2019-05-32", start: "06:30" }',
    timeline: '  - { at: "09:00", do: session.shut }',
  });
  expect(troubles(text)).toEqual([
    expect.stringContaining('3:14: "2019-05-32" is not a day of the calendar'),
    expect.stringContaining('18:24: there is no verb "session.shut"'),
  ]);
});

describe('a user state that its password rules cannot have is refused', () => {
  test.each([
    ['oapi: { lifetimeDays: never }', '{ id: "BO_CABC801", state: expired }', 'never expire'],
    ['oapi: { warningDays: 1 }', '{ id: "BO_CABC801", state: expiring }', 'nobody is warned'],
    ['oapi: { lifetimeDays: 10 }', '{ id: "BO_CABC801" }', 'cannot warn 14 days before'],
    ['oapi: { lengthMin: 30 }', '{ id: "BO_CABC801" }', 'cannot be'],
  ])('%s with %s', (rules, user, message) => {
    const text = dayText({ world: `  passwords: { ${rules} }` }).replace('{ id: "BO_CABC801" }', user);
    expect(troubles(text)).toEqual([expect.stringContaining(message)]);
  });
});

test('an APT account holds nothing, and the same position stands once', () => {
  const position = (account: string): string =>
    `    - { participant: "CABC", account: "${account}", series: "HSIK9", held: 1 }\n`;
  expect(
    troubles(dayText({ world: `  positions:\n${position('APT')}${position('HOUSE')}${position('HOUSE')}` })),
  ).toEqual([
    expect.stringMatching(/^17:\d+: APT is an APT account/),
    expect.stringMatching(/^19:\d+: the position of CABC HOUSE HSIK9 stands in line 18 already/),
  ]);
});
