import type { Damage } from './clearing/damage.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { Report, ReportCode, ReportMade } from './clearing/report.ts';

/** One report of one participant, or one that is common. */
export type ReportKey = Pick<Report, 'code' | 'participant'>;

export interface Corruption {
  readonly how: Damage;
  /** Business milliseconds after which it is published again, correct; undefined: it is not. */
  readonly correctedAfterMs: number | undefined;
}

interface Order<T> {
  /** Undefined: at whichever time of the business date it is made. */
  readonly made: ReportMade | undefined;
  readonly what: T;
}

/** As plain data: what was ordered, each with the key's text. */
export interface OrdersData {
  readonly late: readonly (readonly [string, Order<number>])[];
  readonly corrupt: readonly (readonly [string, Order<Corruption>])[];
  readonly withheld: readonly (readonly [string, Order<number>])[];
  readonly made: number;
}

/** What a step has ordered of reports that are to come. The later order takes the place of the earlier one. */
export class ReportOrders {
  readonly #late = new Map<string, Order<number>>();
  readonly #corrupt = new Map<string, Order<Corruption>>();
  readonly #withheld = new Map<string, Order<number>>();
  #made = 0;

  /** The next one comes `byMs` business milliseconds late. */
  delay(keys: readonly ReportKey[], made: ReportMade | undefined, byMs: number): void {
    for (const key of keys) this.#late.set(textOf(key), { made, what: byMs });
  }

  /** The next one is damaged. */
  corrupt(keys: readonly ReportKey[], made: ReportMade | undefined, what: Corruption): void {
    for (const key of keys) this.#corrupt.set(textOf(key), { made, what });
  }

  /** None comes. @returns the order's number, by which these are known later on */
  withhold(keys: readonly ReportKey[], made: ReportMade | undefined): number {
    const what = ++this.#made;
    for (const key of keys) this.#withheld.set(textOf(key), { made, what });
    return what;
  }

  /** What holds for a report that is made now; what holds for the next one only is used up by it. */
  take(
    code: ReportCode,
    participant: CustomerCode | undefined,
    made: ReportMade,
  ): { readonly isWithheld: boolean; readonly delayMs: number | undefined; readonly corrupt: Corruption | undefined } {
    const key = { code, participant };
    return {
      isWithheld: this.isWithheld({ ...key, made }),
      delayMs: takeFrom(this.#late, key, made),
      corrupt: takeFrom(this.#corrupt, key, made),
    };
  }

  isWithheld({ made, ...key }: ReportKey & Pick<Report, 'made'>): boolean {
    return fits(this.#withheld.get(textOf(key)), made);
  }

  isWithheldBy(key: ReportKey, order: number): boolean {
    return this.#withheld.get(textOf(key))?.what === order;
  }

  /** @returns whether any of them would have been withheld */
  endWithholding(keys: readonly ReportKey[]): boolean {
    return keys.filter((key) => this.#withheld.delete(textOf(key))).length > 0;
  }

  toData(): OrdersData {
    return { late: [...this.#late], corrupt: [...this.#corrupt], withheld: [...this.#withheld], made: this.#made };
  }

  /** Forgets what was ordered, and has this. */
  restore({ late, corrupt, withheld, made }: OrdersData): void {
    refill(this.#late, late);
    refill(this.#corrupt, corrupt);
    refill(this.#withheld, withheld);
    this.#made = made;
  }
}

function takeFrom<T>(orders: Map<string, Order<T>>, key: ReportKey, made: ReportMade): T | undefined {
  const order = orders.get(textOf(key));
  if (!order || !fits(order, made)) return undefined;
  orders.delete(textOf(key));
  return order.what;
}

function refill<T>(orders: Map<string, Order<T>>, data: readonly (readonly [string, Order<T>])[]): void {
  orders.clear();
  for (const [key, order] of data) orders.set(key, order);
}

function fits<T>(order: Order<T> | undefined, made: ReportMade): boolean {
  return order !== undefined && (order.made === undefined || order.made === made);
}

function textOf({ code, participant }: ReportKey): string {
  return `${code} ${participant ?? ''}`;
}
