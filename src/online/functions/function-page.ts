import type { Command, CommandName } from '../../clearing/commands/command.ts';
import type { Visit } from '../visit.ts';
import type { FormReader } from './form-reader.ts';

/** One field of a form. What it is called is also its id. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'count' | 'account' | 'text';
  /** What stands in it at first. */
  readonly start?: string | number | undefined;
  readonly max?: number;
  readonly lengthMax?: number;
  readonly optional?: true;
  readonly hint?: string;
}

/** Rows of account, quantity, open or close, and customer info: where a trade, or a give-up, goes. */
export interface PartsField {
  /** Contracts that the parts share. */
  readonly quantity: number;
  readonly rowsMax: number;
  /** Whether less may be named. */
  readonly lessAllowed: boolean;
}

/** A form as it stands for one thing. */
export interface OpenForm {
  /** What is known of the thing, in words. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly fields: readonly Field[];
  readonly parts?: PartsField;
  /** What the fields ask for; their problems are in `form`. */
  command(form: FormReader): Command;
}

/** A post-trade function at the browser: a form, a confirmation, a result. */
export interface FunctionPage {
  readonly command: CommandName;
  /** `/trades/:number/rectify`. */
  readonly path: string;
  /** Other addresses to which its form may be posted. */
  readonly alsoAt?: readonly string[];
  /** The list that shows what it changed. */
  readonly list: string;
  /** The form, or a sentence where there is no such thing. `given`: the address's own fields. */
  open(visit: Visit, given: FormReader): OpenForm | { readonly missing: string };
}

/** The number in the address: `/trades/:number/rectify`. */
export function numberOf({ request }: Visit): number {
  const { number = '' } = request.params as { readonly number?: string };
  return /^[0-9]{1,9}$/.test(number) ? Number(number) : Number.NaN;
}
