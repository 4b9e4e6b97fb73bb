/** A fault as people see it. */
export interface FaultView {
  readonly id: string;
  /** A sentence that says what it does. */
  readonly explain: string;
  readonly effect: string;
  readonly listeners: readonly string[];
  readonly hits: number;
}
