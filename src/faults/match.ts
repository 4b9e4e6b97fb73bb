import type { Stage } from './effect-kind.ts';
import type { FaultMatch } from './fault.ts';

/** Something that a fault can hit. What is undefined is not known of it. */
export interface Occasion {
  /** What can be done to it. */
  readonly stages: readonly Stage[];
  /** Where it is. Several where one port serves several gateways and it is not known yet which is meant. */
  readonly listeners: readonly string[];
  readonly user?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly transaction?: string | undefined;
  /** The members of a request; asked for only by a fault that looks at them. Undefined where it cannot be read. */
  readonly fields?: (() => Readonly<Record<string, unknown>> | undefined) | undefined;
  readonly broadcast?: string | undefined;
  readonly operation?: string | undefined;
}

export function isAbout(match: FaultMatch, occasion: Occasion): boolean {
  const { listeners, users, method, path, transactions, fields, broadcasts, operations } = match;
  if (!occasion.listeners.every((each) => listeners.includes(each))) return false;
  if (users && !isOneOf(users, occasion.user)) return false;
  if (method !== undefined && method !== occasion.method) return false;
  if (path !== undefined && !fitsPath(path, occasion.path)) return false;
  if (transactions && !isOneOf(transactions, occasion.transaction)) return false;
  // What is only about broadcasts leaves answers alone.
  if (broadcasts && !isOneOf(broadcasts, occasion.broadcast)) return false;
  if (operations && !isOneOf(operations, occasion.operation)) return false;
  return !fields || hasFields(fields, occasion.fields?.());
}

function isOneOf(wanted: readonly string[], found: string | undefined): boolean {
  return found !== undefined && wanted.includes(found);
}

/** `*` stands for any text; everything else for itself. */
export function fitsPath(pattern: string, path: string | undefined): boolean {
  if (path === undefined) return false;
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return path === pattern;
  if (!path.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  let at = head.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - tail.length >= at && path.endsWith(tail);
}

function hasFields(
  wanted: Readonly<Record<string, string>>,
  members: Readonly<Record<string, unknown>> | undefined,
): boolean {
  if (!members) return false;
  const found = flatten(members);
  return Object.entries(wanted).every(([name, value]) =>
    found.some(([way, text]) => `.${way}`.endsWith(`.${plain(name)}`) && text === value),
  );
}

/** `[['series.commodity', '4001'], …]`; repeated items have the same way. */
function flatten(value: unknown, way = ''): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((each) => flatten(each, way));
  if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
    return Object.entries(value).flatMap(([name, each]) =>
      flatten(each, way === '' ? plain(name) : `${way}.${plain(name)}`),
    );
  }
  const text =
    typeof value === 'string'
      ? value.trim()
      : typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : undefined;
  return text === undefined ? [] : [[way, text]];
}

/** The names of headers end in a mark of their type, those of the shipped dictionaries do not. */
function plain(way: string): string {
  return way.replaceAll(/_[scniuq](?=\.|$)/g, '');
}
