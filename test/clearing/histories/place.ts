import { ClearingCore } from '../../../src/clearing/core.ts';
import type { ClearingEvent } from '../../../src/clearing/event.ts';
import { CredentialVault } from '../../../src/clearing/secret.ts';
import type { StateSnapshot } from '../../../src/clearing/snapshot.ts';
import type { ClearingState } from '../../../src/clearing/state.ts';
import type { WorldDefinition } from '../../../src/clearing/world.ts';
import type { JournalEntry } from '../../../src/journal/entry.ts';
import { entryOf } from '../../../src/journal/record-clearing.ts';
import type { Instant } from '../../../src/time/instant.ts';

/** A core whose state, clock and past lie open. */
export class Place extends ClearingCore {
  readonly clock: { now: Instant };
  readonly events: ClearingEvent[] = [];
  /** As the simulator writes it, from the first event on. */
  readonly journal: JournalEntry[] = [];
  readonly vault = new CredentialVault();

  constructor(start: WorldDefinition | StateSnapshot, now: Instant) {
    const clock = { now };
    super(start, () => clock.now);
    this.clock = clock;
    this.onEvent((event) => {
      this.events.push(event);
      const entry = entryOf(event, this.vault);
      this.journal.push({ seq: this.journal.length + 1, simTime: '', wallTime: '', ...entry });
    });
  }

  get whole(): ClearingState {
    return this.state;
  }
}
