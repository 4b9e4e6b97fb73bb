import type { FaultView } from './faults/fault-view.ts';

/** The faults of a running simulator. */
export interface Faults {
  /**
   * Begins a fault; `args` are those of the verb `fault.start`. Resolves when it is in force.
   * @throws SimError SIM_VERB_INVALID, SIM_OPTION_INVALID where one of the same id is in force
   */
  start(args: object): Promise<FaultView>;
  /** Ends one; resolves when it is over. @returns false where no such fault is in force */
  stop(id: string): Promise<boolean>;
  /** Those in force, the oldest first. */
  list(): readonly FaultView[];
}
