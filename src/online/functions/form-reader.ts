import type { AccountId } from '../../clearing/account.ts';
import type { OpenClose } from '../../clearing/deal.ts';
import type { TradePart } from '../../clearing/give-up.ts';
import type { Texts } from '../language/english.ts';

const DIGITS_MAX = 9;
const OPEN_CLOSE: readonly OpenClose[] = ['default', 'open', 'close'];

/** The fields of a posted form, or of the address that opens one, and what is wrong with them. */
export class FormReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  /** By field: what was found, and what is allowed. */
  readonly problems = new Map<string, string>();

  readonly #say: Texts['functions']['problems'];

  constructor(fields: unknown, { functions }: Texts) {
    this.#say = functions.problems;
    this.#fields = typeof fields === 'object' && fields !== null ? (fields as Readonly<Record<string, unknown>>) : {};
  }

  /** The text without blanks around it; empty where the field is missing. A field that came twice is a problem. */
  text(name: string): string {
    const value = this.#fields[name];
    if (value === undefined) return '';
    if (typeof value === 'string') return value.trim();
    this.problems.set(name, this.#say.twice);
    return '';
  }

  /** A text that must be there. */
  needed(name: string): string {
    const text = this.text(name);
    if (text === '') this.problems.set(name, this.#say.empty);
    return text;
  }

  /** A whole number, 0 or more; `start` where the field is empty. */
  count(name: string, { start }: { readonly start?: number } = {}): number {
    const text = start === undefined ? this.needed(name) : this.text(name);
    if (text === '') return start ?? 0;
    if (new RegExp(`^[0-9]{1,${DIGITS_MAX}}$`).test(text)) return Number(text);
    this.problems.set(name, this.#say.noCount(short(text), DIGITS_MAX));
    return 0;
  }

  account(name: string): AccountId {
    return this.needed(name).toUpperCase() as AccountId;
  }

  /** Whole numbers with commas or blanks between them. */
  numbers(name: string): readonly number[] {
    const words = this.needed(name)
      .split(/[\s,]+/)
      .filter((word) => word !== '');
    const wrong = words.find((word) => !/^[0-9]{1,9}$/.test(word));
    if (wrong !== undefined) this.problems.set(name, this.#say.noTrade(short(wrong)));
    return words.map(Number);
  }

  /** The rows that somebody filled in. */
  parts(rows: number): readonly TradePart[] {
    const parts: TradePart[] = [];
    for (let row = 1; row <= rows; row++) {
      const of = (field: string): string => `${field}-${row}`;
      if (this.text(of('account')) === '' && this.text(of('quantity')) === '') continue;
      parts.push({
        account: this.account(of('account')),
        quantity: this.count(of('quantity')),
        openClose: this.#openClose(of('open-close')),
        customerInfo: this.text(of('info')),
      });
    }
    return parts;
  }

  #openClose(name: string): OpenClose {
    const text = this.text(name);
    const found = OPEN_CLOSE.find((each) => each === text);
    if (found === undefined && text !== '') {
      this.problems.set(name, this.#say.noneOf(short(text), OPEN_CLOSE));
    }
    return found ?? 'default';
  }
}

function short(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
