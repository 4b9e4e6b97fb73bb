import { STATUS_NAMES, type Situation } from '../family/status-names.ts';

export type TransactionStatuses = Readonly<Record<Situation, number>>;

/** The numbers of one dictionary's codes; `own` wins over them. */
export function statusesOf(
  codes: ReadonlyMap<string, number>,
  own: Partial<TransactionStatuses> = {},
): TransactionStatuses {
  const numbers = Object.entries(STATUS_NAMES).map(([situation, name]) => {
    const number = own[situation as Situation] ?? codes.get(name);
    if (number === undefined) throw new Error(`the dictionary has no code ${name}`);
    return [situation, number];
  });
  return Object.fromEntries(numbers) as TransactionStatuses;
}

/** By number, for the journal: `CL_OMN_INVACCOUNT: invalid account`, or the name alone where no refusal here has it. */
export function statusMeanings(codes: ReadonlyMap<string, number>): ReadonlyMap<number, string> {
  const words = new Map<string, string>(
    Object.entries(STATUS_NAMES).map(([situation, name]) => [name, sayWords(situation)]),
  );
  return new Map(
    [...codes]
      // The others are completion codes.
      .filter(([name]) => !name.startsWith('OMNIAPI_'))
      .map(([name, number]) => [number, words.has(name) ? `${name}: ${words.get(name)}` : name]),
  );
}

function sayWords(situation: string): string {
  return situation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
