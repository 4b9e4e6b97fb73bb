/** A moment to which the day can be brought back. */
export interface Checkpoint {
  readonly name: string;
  /** Business time. */
  readonly simTime: string;
  /** The number of its journal entry. */
  readonly position: number;
}
