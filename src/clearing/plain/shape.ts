import type { CredentialVault, Secret } from '../secret.ts';

/** What JSON can carry, and undefined for what is left out of a record. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/**
 * How values of one type become plain data and come back. Passwords go through the vault: plain data has a reference
 * in their place. `read` throws {@link Misshapen} for anything that `write` does not give.
 */
export interface Shape<T> {
  // Properties, not methods, so that a shape of a part of a union does not pass for one of the whole.
  readonly write: (value: T, vault: CredentialVault) => Plain;
  readonly read: (plain: unknown, vault: CredentialVault) => T;
}

/** Plain data is not as its shape has it. It learns on its way out where that was. */
export class Misshapen extends Error {
  readonly #path: (string | number)[] = [];
  readonly #problem: string;

  constructor(problem: string) {
    super(problem);
    this.name = 'Misshapen';
    this.#problem = problem;
  }

  within(step: string | number): this {
    this.#path.unshift(step);
    return this;
  }

  /** For people: `state.books[2].trades[7].quantity: a whole number is expected, found "x"`. */
  describe(root: string): string {
    const path = this.#path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return `${root}${path}: ${this.#problem}`;
  }
}

export function text<T extends string = string>(): Shape<T> {
  return leaf('a text', (plain): plain is T => typeof plain === 'string');
}

/** Contracts, prices, numbers of things. */
export function whole<T extends number = number>(): Shape<T> {
  return leaf('a whole number', (plain): plain is T => Number.isSafeInteger(plain));
}

/** Instants, and sums that may pass what is exact. */
export function finite<T extends number = number>(): Shape<T> {
  return leaf('a number', (plain): plain is T => Number.isFinite(plain));
}

export const flag: Shape<boolean> = leaf('true or false', (plain) => typeof plain === 'boolean');

/** One of a closed union's texts. A record, so that the compiler finds the one that is missing. */
export function oneOf<T extends string>(choices: Readonly<Record<T, true>>): Shape<T> {
  return oneOfThese(Object.keys(choices) as T[]);
}

/** The same for a union that is made from its list. */
export function oneOfThese<T extends string>(choices: readonly T[]): Shape<T> {
  const known: ReadonlySet<string> = new Set(choices);
  return leaf(`one of ${choices.join(', ')}`, (plain): plain is T => typeof plain === 'string' && known.has(plain));
}

/** Undefined is left out. */
export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
  return {
    write: (value, vault) => (value === undefined ? undefined : shape.write(value, vault)),
    read: (plain, vault) => (plain === undefined ? undefined : shape.read(plain, vault)),
  };
}

/** Fits lists that change and lists that do not. */
interface ListShape<T> {
  readonly write: (values: readonly T[], vault: CredentialVault) => Plain;
  readonly read: (plain: unknown, vault: CredentialVault) => T[];
}

export function list<T>(shape: Shape<T>): ListShape<T> {
  return {
    write: (values, vault) => values.map((value) => shape.write(value, vault)),
    read: (plain, vault) => readList(plain, (row) => shape.read(row, vault)),
  };
}

type Fields<T> = { readonly [Name in keyof T]-?: Shape<T[Name]> };

/** A record with these fields and no others. One that is forgotten here does not compile. */
export function record<T extends object>(fields: Fields<T>): Shape<T> {
  return recordOf<T>(fields, true);
}

/** A record in which any field may be left out. */
export function partial<T extends object>(fields: Fields<Required<T>>): Shape<T> {
  return recordOf<Required<T>>(fields, false) as unknown as Shape<T>;
}

/** Fits maps that change and maps that do not. */
interface MapShape<K, V> {
  readonly write: (map: ReadonlyMap<K, V>, vault: CredentialVault) => Plain;
  readonly read: (plain: unknown, vault: CredentialVault) => Map<K, V>;
}

/** A map whose keys its values tell: the list of the values, in the map's order. */
export function rowsBy<K, V>(keyOf: (row: V) => K, shape: Shape<V>): MapShape<K, V> {
  return {
    write: (map, vault) => [...map.values()].map((value) => shape.write(value, vault)),
    read: (plain, vault) => {
      const map = new Map<K, V>();
      readList(plain, (row) => {
        const value = shape.read(row, vault);
        setOnce(map, keyOf(value), value);
      });
      return map;
    },
  };
}

/** Any other map: the list of its pairs, in the map's order. */
export function pairs<K, V>(keys: Shape<K>, values: Shape<V>): MapShape<K, V> {
  return {
    write: (map, vault) => [...map].map(([key, value]) => [keys.write(key, vault), values.write(value, vault)]),
    read: (plain, vault) => {
      const map = new Map<K, V>();
      readList(plain, (row) => {
        if (!Array.isArray(row) || row.length !== 2) throw expected('a pair', row);
        const [key, value] = row as readonly unknown[];
        setOnce(map, keys.read(key, vault), values.read(value, vault));
      });
      return map;
    },
  };
}

/** `{ credential: 3 }`, where the vault has the password as number 3. */
export const secret: Shape<Secret> = {
  write: (value, vault) => ({ credential: vault.keep(value) }),
  read: (plain, vault) => {
    // What is found is not told: it may be a password.
    const reference = isRecord(plain) ? plain['credential'] : undefined;
    if (typeof reference !== 'number') throw new Misshapen('a reference { credential: number } is expected');
    const found = vault.get(reference);
    if (!found)
      throw new Misshapen(`there is no credential ${reference}: passwords are kept apart, and this is missing`);
    return found;
  },
};

function leaf<T extends string | number | boolean>(what: string, is: (plain: unknown) => plain is T): Shape<T> {
  return {
    write: (value) => value,
    read: (plain) => {
      if (is(plain)) return plain;
      throw expected(what, plain);
    },
  };
}

function recordOf<T extends object>(fields: Fields<T>, complete: boolean): Shape<T> {
  const shapes = Object.entries(fields) as unknown as readonly (readonly [string, Shape<unknown>])[];
  const names = new Set(shapes.map(([name]) => name));
  return {
    write: (value, vault) => {
      const plain: Record<string, Plain> = {};
      for (const [name, shape] of shapes) {
        const field = (value as Readonly<Record<string, unknown>>)[name];
        const written = complete || field !== undefined ? shape.write(field, vault) : undefined;
        if (written !== undefined) plain[name] = written;
      }
      return plain;
    },
    read: (plain, vault) => {
      if (!isRecord(plain)) throw expected('a record', plain);
      const foreign = Object.keys(plain).find((name) => !names.has(name));
      if (foreign !== undefined) throw new Misshapen(`there is no field ${JSON.stringify(foreign)} here`);
      const value: Record<string, unknown> = {};
      let at = '';
      try {
        for (const [name, shape] of shapes) {
          at = name;
          if (complete || plain[name] !== undefined) value[name] = shape.read(plain[name], vault);
        }
      } catch (error) {
        throw within(at, error);
      }
      return value as T;
    },
  };
}

function readList<T>(plain: unknown, read: (row: unknown) => T): T[] {
  if (!Array.isArray(plain)) throw expected('a list', plain);
  // Not `map`, which would leave out a row that is missing.
  const rows: T[] = [];
  for (const row of plain as readonly unknown[]) {
    try {
      rows.push(read(row));
    } catch (error) {
      throw within(rows.length, error);
    }
  }
  return rows;
}

function within(step: string | number, error: unknown): unknown {
  return error instanceof Misshapen ? error.within(step) : error;
}

function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (map.has(key)) throw new Misshapen(`${JSON.stringify(key)} is here twice`);
  map.set(key, value);
}

function expected(what: string, found: unknown): Misshapen {
  return new Misshapen(`${what} is expected, ${found === undefined ? 'nothing' : print(found)} was found`);
}

function print(found: unknown): string {
  const printed =
    typeof found === 'object' && found !== null
      ? Array.isArray(found)
        ? 'a list'
        : 'a record'
      : JSON.stringify(found);
  return printed.length > 40 ? `${printed.slice(0, 40)}…` : printed;
}

function isRecord(plain: unknown): plain is Readonly<Record<string, unknown>> {
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain);
}
