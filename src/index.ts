/** dcass-sim as a library: design.md 5.4. */
export { startSimulator } from './simulator.ts';
export type { Faults, Kept, Simulator, SimulatorOptions } from './simulator.ts';
export type { Checkpoint } from './checkpoint.ts';
export type { FaultView } from './faults/fault-view.ts';
export type { SimClock } from './sim-clock.ts';
export type { ListedUser, OnlineEndpoint, Ready } from './ready.ts';
export type { JournalEntry } from './journal/entry.ts';
export type { JournalFilter } from './journal/filter.ts';
export type { StateSnapshot } from './clearing/snapshot.ts';
export type { CredentialVault } from './clearing/secret.ts';
export { SimError } from './sim-error.ts';
export type { SimErrorCode } from './sim-error.ts';
export type { ClockView, Gate, Injected, StateView } from './control/port.ts';
export type { Verification, Verify } from './observe/verify.ts';
export type { WaitFor, WaitOptions } from './observe/wait-for.ts';
export type { ExpectationResult, ExpectationStatus } from './scenario/expectations.ts';
export type { Evidence, Score } from './score/score.ts';
