/** A day that is kept in the state directory. */
export interface Kept {
  readonly folder: string;
  /** Undefined where the day is new. */
  readonly resumed: { readonly entries: number; readonly restarts: number; readonly cutBytes: number } | undefined;
  /** Of a new day: the one that was left last, where it was not stopped in good order. */
  readonly unfinished: { readonly scenario: string; readonly until: string } | undefined;
}
