import type { AccountAccess, AccountState } from '../../clearing/account.ts';
import type { OpenClose, Side, TradeGiveUpState, TradeState, TradeType } from '../../clearing/deal.ts';
import type { Delivery, ExerciseState } from '../../clearing/exercise.ts';
import type { GiveUpState } from '../../clearing/give-up.ts';
import type { RectificationState } from '../../clearing/rectification.ts';

/** The fields that are enumerations, and the model's words for their numbers. A dictionary has the numbers. */
export interface Words {
  readonly bought_or_sold: Side;
  readonly open_close_req: OpenClose;
  readonly trade_type: TradeType;
  readonly trade_state: TradeState;
  readonly give_up_state: TradeGiveUpState;
  readonly give_up_request_state: GiveUpState;
  readonly send_or_receive: 'sent' | 'received';
  readonly confirm_reject: 'confirm' | 'reject';
  readonly rectification_state: RectificationState;
  readonly exercise_state: ExerciseState;
  readonly close_out_state: 'done' | 'restored';
  readonly delivery_cause: Delivery['cause'];
  readonly account_state: AccountState;
  readonly account_access: AccountAccess;
  readonly yes_no: 'yes' | 'no';
  readonly trans_or_bdx: 'transaction' | 'broadcast';
  readonly information_type: 'settlement-prices' | 'reports' | 'day-end';
  readonly level_type: 'account' | 'account-type' | 'participant';
  readonly series_status: 'active' | 'suspended';
  readonly db_operation: 'insert' | 'update' | 'delete';
}

export interface Numbers {
  /** The number of a word of the model. */
  of<F extends keyof Words>(field: F, word: Words[F]): number;
  /** The word of a number that came in; undefined where the dictionary has none. */
  word<F extends keyof Words>(field: F, number: number): Words[F] | undefined;
  /** For a refusal: `0 default, 1 open, 2 close`. */
  allowed(field: keyof Words): string;
}

/** A shipped dictionary has a number for every word, and others complete themselves from it: see `withFamily`. */
export function numbersOf(enumerations: ReadonlyMap<string, Readonly<Record<string, number>>>): Numbers {
  const words = new Map(
    [...enumerations].map(([field, values]) => [
      field,
      new Map(Object.entries(values).map(([word, number]) => [number, word])),
    ]),
  );
  return {
    of(field, word) {
      const number = enumerations.get(field)?.[word];
      if (number === undefined) throw new Error(`the dictionary has no number for ${word} in ${field}`);
      return number;
    },
    word: <F extends keyof Words>(field: F, number: number) => words.get(field)?.get(number) as Words[F] | undefined,
    allowed: (field) =>
      Object.entries(enumerations.get(field) ?? {})
        .map(([word, number]) => `${number} ${word}`)
        .join(', '),
  };
}
