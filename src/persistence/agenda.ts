import type { Together } from '../clearing/core-state.ts';
import type { BusinessClock } from '../time/clock.ts';
import type { Instant } from '../time/instant.ts';
import type { Task } from './task.ts';

/** What changed about the agenda: the same changes, in order, give the same agenda again. */
export type AgendaChange =
  | {
      readonly of: 'task-due';
      readonly number: number;
      readonly at: Instant;
      readonly task: Task;
      /** Something is in the middle of it. */
      readonly begun?: true;
    }
  | { readonly of: 'task-done'; readonly number: number };

export interface AgendaPorts {
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt'>;
  readonly note: (change: AgendaChange) => void;
  readonly together: Together;
  /** Does a task, and calls `settle` in the group of writings with which its effects are whole. */
  readonly perform: (task: Task, settle: () => void) => void | Promise<unknown>;
}

/** What the day still has to do beside its timeline, each thing at its instant. */
export class Agenda {
  readonly #ports: AgendaPorts;
  #made = 0;

  constructor(ports: AgendaPorts) {
    this.#ports = ports;
  }

  add(at: Instant, task: Task): void {
    this.#schedule(this.#note(at, task), at, task);
  }

  /** Notes a task that is begun now: where it is not done to its end, a restored day does it. @returns what does it */
  begin(task: Task): () => Promise<void> {
    const number = this.#noteBegun(task);
    return () => this.#do(number, task);
  }

  /**
   * Does a task now, by `work` and for what comes of it; where it is not done to its end, a restored day does it.
   * `work` calls `settle` as {@link AgendaPorts.perform} does.
   */
  run<T>(task: Task, work: (settle: () => void) => T): T {
    const { together, note } = this.#ports;
    const number = this.#noteBegun(task);
    return together(() => work(() => note({ of: 'task-done', number })));
  }

  /**
   * Has the tasks again that were noted and not settled; those of the past are due at the clock's next move.
   * @param putOthers puts on the clock what comes after those that were begun, and before the others
   */
  restore(changes: readonly AgendaChange[], putOthers: () => void): void {
    const open = new Map<number, Extract<AgendaChange, { of: 'task-due' }>>();
    this.#made = 0;
    for (const change of changes) {
      if (change.of === 'task-done') open.delete(change.number);
      else {
        open.set(change.number, change);
        this.#made = change.number;
      }
    }
    const due = [...open.values()];
    for (const { number, at, task, begun } of due) if (begun) this.#schedule(number, at, task);
    putOthers();
    for (const { number, at, task, begun } of due) if (!begun) this.#schedule(number, at, task);
  }

  #noteBegun(task: Task): number {
    const number = ++this.#made;
    this.#ports.note({ of: 'task-due', number, at: this.#ports.clock.now(), task, begun: true });
    return number;
  }

  #note(at: Instant, task: Task): number {
    const number = ++this.#made;
    this.#ports.note({ of: 'task-due', number, at, task });
    return number;
  }

  #schedule(number: number, at: Instant, task: Task): void {
    this.#ports.clock.scheduleAt(at, () => this.#do(number, task));
  }

  async #do(number: number, task: Task): Promise<void> {
    const { together, perform, note } = this.#ports;
    await together(() => perform(task, () => note({ of: 'task-done', number })));
  }
}
