import fc from 'fast-check';
import * as z from 'zod/mini';
import { JOURNAL_KINDS } from '../../../src/journal/kinds.ts';
import { fieldsOfKind } from '../../../src/journal/fields.ts';
import { scenarioFile } from '../../../src/scenario/schema.ts';
import { VERBS } from '../../../src/scenario/verbs/catalogue.ts';

/** JSON Schema, as far as zod writes it. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
}

const FILE = z.toJSONSchema(scenarioFile) as Schema;
const ACCOUNTS = ['HOUSE', 'OMNI1', 'DAILY', 'APT', 'SINK'];
const USERS = ['BU_CABC101', 'BU_CABC201', 'BO_CABC801', 'BU_CXYZ101', 'BO_CXYZ801'];
const TIMES = ['07:00', '08:30', '09:00', '09:00:30', '10:15', '12:00', '12:59', '17:30', '18:45', '+1d 00:30'];

/** Names of the small world, by the key under which they stand: most days are to be valid. */
const NAMES: Readonly<Record<string, readonly unknown[]>> = {
  participant: ['CABC', 'CXYZ'],
  to: ['CXYZ', 'CABC'],
  for: ['all'],
  user: USERS,
  users: USERS,
  account: ACCOUNTS,
  from: ['HOUSE'],
  series: ['HSIK9', 'HSI28000E9', 'HKB65.00E9'],
  of: ['HSIK9', 'HKB'],
  price: ['29500', '1.25'],
  clearingDate: ['2019-05-06'],
  transaction: ['CD35', 'UQ12'],
  transactions: ['CD35', 'CQ3', 'UQ12'],
  password: ['Fresh-Start-2019!'],
  which: [1, 2, 'oapi-1', 'trades', 'positions'],
  text: ['Good morning.', 'a ${ b', 'x: "y", {z}'],
  at: TIMES,
  until: ['10:00', '12:00'],
  every: ['10m', '1h'],
  answersAfter: ['10m'],
  opensAfter: ['1h'],
};

const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, times = 24): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: times }, { arbitrary: rare, weight: 1 });

/** What is no value of anything, or of something else. */
const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -1, 1e9, true, '', 'CABD', '25:00', [], {}, [[]], '${x}', '__proto__'),
  fc.string({ maxLength: 8 }),
);

/** A value that a schema takes, and now and then one that it does not. */
function valueOf(schema: Schema, key: string): fc.Arbitrary<unknown> {
  return rarely(soundValueOf(schema, key), nonsense, 60);
}

function soundValueOf(schema: Schema, key: string): fc.Arbitrary<unknown> {
  const { const: only, enum: words, anyOf, properties, required = [], items, pattern } = schema;
  const names = NAMES[key];
  if (only !== undefined) return fc.constant(only);
  if (words) return fc.constantFrom(...words);
  if (names && !properties && !items && schema.type !== 'integer') {
    const fitting = names.filter((name) => typeof name === 'string' && (!pattern || new RegExp(pattern).test(name)));
    if (fitting.length > 0) return fc.constantFrom(...fitting);
  }
  if (anyOf) return fc.oneof(...anyOf.map((each) => soundValueOf(each, key)));
  if (properties) return groupOf(properties, required);
  if (items) {
    const { minItems = 0 } = schema;
    return fc.array(soundValueOf(items, key), { minLength: minItems, maxLength: minItems + 2 });
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum = 0, maximum = 1000, multipleOf = 1 } = schema;
    const small = {
      min: Math.ceil(minimum / multipleOf),
      max: Math.floor(Math.min(maximum, minimum + 40) / multipleOf),
    };
    return rarely(fc.integer(small), fc.integer({ min: minimum, max: maximum }), 12).map((n) => n * multipleOf);
  }
  if (schema.type === 'boolean') return fc.boolean();
  // The durations: fast-check does not look ahead.
  if (pattern?.includes('(?=')) return fc.constantFrom('90s', '5m', '1h30m');
  return pattern ? fc.stringMatching(new RegExp(pattern), { maxLength: 12 }) : fc.string({ maxLength: 12 });
}

function groupOf(properties: Readonly<Record<string, Schema>>, required: readonly string[]): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties).map(([name, each]) => [name, valueOf(each, name)] as const);
  const requiredKeys = required.filter((name) => name in properties);
  const group = fc.record(Object.fromEntries(entries), { requiredKeys });
  const misspelt = fc
    .tuple(group, fc.constantFrom('idd', 'kind', 'x-a'))
    .map(([whole, name]) => ({ ...whole, [name]: 1 }));
  const partial = group.map((whole) => Object.fromEntries(Object.entries(whole).slice(1)));
  return rarely(group as fc.Arbitrary<unknown>, fc.oneof(misspelt, partial), 80);
}

const verb = fc.constantFrom(...VERBS).chain((each) => {
  const schema = z.toJSONSchema(each.schema) as Schema;
  const args = fc.oneof(
    { arbitrary: fc.constant(each.example as unknown), weight: 2 },
    { arbitrary: soundValueOf(schema, 'with'), weight: 3 },
  );
  return args.map((given) => ({ do: each.name, with: given }));
});
const action = rarely(
  verb as fc.Arbitrary<unknown>,
  valueOf({ properties: { do: {}, with: {} } }, 'else'),
) as fc.Arbitrary<object>;

const KNOWN: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  participant: fc.constantFrom<unknown>('CABC', 'CXYZ', ['CABC', 'CXYZ']),
  giver: fc.constant('CABC'),
  taker: fc.constant('CXYZ'),
  user: fc.constantFrom(...USERS),
  series: fc.constant('HSIK9'),
  gateway: fc.constantFrom('online-1', 'oapi-2'),
  outcome: fc.constantFrom('ok', 'refused'),
  verb: fc.constant('note'),
  step: fc.constant('first'),
  gate: fc.constant('first'),
};
const seen = fc.constantFrom(...Object.keys(JOURNAL_KINDS)).chain((kind) =>
  rarely(fc.constantFrom('', ...fieldsOfKind(kind)), fc.constantFrom('usr', 'seq')).chain((field) =>
    rarely(KNOWN[field] ?? fc.integer({ min: 0, max: 3 }), nonsense).map((value) => ({
      kind,
      ...(field === '' ? {} : { [field]: value }),
    })),
  ),
);
const observed = seen.map((each) => ({ seen: each }));
const condition = fc.oneof(
  observed as fc.Arbitrary<object>,
  fc.array(observed, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(observed, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
);

const between = fc.record(
  { from: fc.constantFrom('07:00', '09:30'), to: fc.constantFrom('11:00', '12:30') },
  { requiredKeys: ['to'] },
);
const duration = rarely(fc.constantFrom('30s', '5m', '1h30m'), fc.constantFrom('0s', '1d'), 8);
/** Usually the step above, see below. */
const id = rarely(fc.constant('above'), fc.constantFrom('a', 'opens', 'step-2', 's3'), 8);

type Step = Readonly<Record<string, unknown>>;

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.record({ at: fc.constantFrom(...TIMES) }) as fc.Arbitrary<Step>, weight: 6 },
      {
        arbitrary: fc.record({
          at: fc.constantFrom('08:00', '09:00'),
          repeat: fc.record({ every: duration, until: fc.constantFrom('10:00', '12:00') }),
        }),
        weight: 1,
      },
      { arbitrary: fc.record({ after: fc.record({ id, by: duration }) }), weight: 2 },
      { arbitrary: fc.record({ when: condition, between, else: action }, { requiredKeys: ['when'] }), weight: 2 },
      {
        arbitrary: fc.record({
          gate: fc.record({
            says: fc.constant('Go on?'),
            from: fc.constantFrom('07:00', '10:00'),
            timeout: duration,
            default: fc.constantFrom('open', 'skip'),
          }),
        }),
        weight: 1,
      },
    ),
    action,
    fc.option(
      fc.string({ minLength: 1, maxLength: 10 }).filter((text) => !text.includes('${')),
      { nil: undefined },
    ),
  )
  .map(([trigger, what, note]) => ({ ...trigger, ...what, ...(note === undefined ? {} : { note }) }));

const timeline = fc
  .tuple(fc.array(step, { maxLength: 6 }), fc.boolean(), rarely(fc.constant(true), fc.constant(false)))
  .map(([steps, isOpen, isSorted]) => {
    const all: Step[] = [
      { id: 'first', at: '07:00', do: 'note', with: { text: 'A day begins.' } },
      ...(isOpen ? [{ id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'normal' } }] : []),
      ...steps.map((each, i) => ({ id: `s${i}`, ...behind(each, i) })),
    ];
    return isSorted ? all.toSorted((a, b) => timeOf(a) - timeOf(b)) : all;
  });

/** The first one has none above it, and happens by the clock. */
function behind(each: Step, i: number): Step {
  const { after, ...others } = each as Step & { readonly after?: { readonly id: string; readonly by: string } };
  if (after?.id !== 'above') return each;
  return i === 0 ? { ...others, at: '09:00' } : { ...others, after: { ...after, id: `s${i - 1}` } };
}

/** Seconds, in the order that a file has to have. */
function timeOf({ at, gate, between: span, when }: Step): number {
  const text =
    at ??
    (gate as { from?: string } | undefined)?.from ??
    (when ? (span as { from?: string } | undefined)?.from : undefined);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^(?:\+(\d)d )?(\d+):(\d+)(?::(\d+))?$/.exec(typeof text === 'string' ? text : '+1d 23:00') ?? [];
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const inTime = fc.oneof(
  fc.record({ before: fc.constantFrom(...TIMES) }) as fc.Arbitrary<object>,
  fc.constant({ within: { from: '09:00', to: '12:00' } }),
  fc.record({ within: fc.record({ after: rarely(fc.constant('first'), fc.constant('s1')), by: duration }) }),
);
const never: fc.Arbitrary<object> = fc.constant({ never: true });
const often = fc.oneof(fc.integer({ min: 1, max: 3 }) as fc.Arbitrary<unknown>, fc.constant({ min: 1, max: 2 }));
const order = fc.array(seen, { minLength: 1, maxLength: 3 }).map((all) => ({ order: all }));
const expectation = fc
  .oneof(
    fc.tuple(observed as fc.Arbitrary<object>, fc.oneof(inTime, never)),
    fc.tuple(fc.record({ seen, count: often }) as fc.Arbitrary<object>, rarely(inTime, never)),
    fc.tuple(order as fc.Arbitrary<object>, rarely(inTime, never)),
    fc.tuple(fc.constant<object>({ confirm: { by: 'instructor' } }), rarely(inTime, never)),
  )
  .map(([what, when]) => ({ says: 'Something happens.', ...what, ...when }));

const world = FILE.properties?.['world']?.properties ?? {};
const settings = fc.record(
  Object.fromEntries(
    ['clearing', 'mail', 'passwords', 'prices'].map((name) => [name, valueOf(world[name] ?? {}, name)]),
  ),
  { requiredKeys: [] },
);

/** A day as a plain value: most are valid, the others nearly. */
export const anyDay: fc.Arbitrary<unknown> = fc
  .record({
    timeline,
    expect: fc.array(expectation, { maxLength: 3 }),
    end: rarely(fc.constantFrom('+1d 23:00', undefined), fc.constant('13:00'), 8),
    settings: rarely(fc.constant({}), settings, 8),
    old: fc.boolean(),
    extra: rarely(fc.constant({}), fc.dictionary(fc.constantFrom('extends', 'training', 'timelime', 'x-a'), nonsense)),
  })
  .map(({ timeline: steps, expect, end, settings: more, old, extra }) => ({
    format: 'dcass-scenario/1',
    scenario: { id: 'any-day', title: 'Any day' },
    day: { date: '2019-05-06', start: '06:30', ...(end === undefined ? {} : { end }) },
    world: {
      participants: ['CABC', 'CXYZ'].map((code) => ({
        code,
        name: code,
        clearingHouses: ['HKCC', 'SEOCH'],
        accounts: [
          { id: 'HOUSE', type: 'house' },
          { id: 'OMNI1', type: 'omnibus-client' },
          { id: 'DAILY', type: 'daily' },
          { id: 'APT', type: 'apt' },
          { id: 'SINK', type: 'sink' },
        ],
      })),
      users: USERS.map((user) => ({ id: user })),
      series: ['HSIK9', 'HSI28000E9', 'HKB65.00E9', 'HKB67.50E9'],
      positions: [
        { participant: 'CABC', account: 'HOUSE', series: 'HSIK9', held: 10 },
        { participant: 'CXYZ', account: 'HOUSE', series: 'HSIK9', written: 10 },
      ],
      ...(old ? { platforms: { geniumInet: {} } } : {}),
      gateways: {
        secondary: { online: [{ host: 'pgencdw101.hkex.com.hk', address: '10.152.14.155' }], oapi: ['10.152.5.81'] },
      },
      ...more,
    },
    timeline: steps,
    expect: expect.map((each, i) => ({ id: `e${i}`, ...each })),
    ...extra,
  }));
