import type { ClearingCore } from './clearing/core.ts';
import type { LiveFaults } from './faults/live-faults.ts';
import type { Journal } from './journal/journal.ts';
import type { Mail } from './open-mail.ts';
import type { Agenda } from './persistence/agenda.ts';
import { changesOf, type Change } from './persistence/chronicle.ts';
import { gatewaysAfter, rebuild, type Rebuilt, type RebuiltParts } from './persistence/rebuild.ts';
import { instantOf } from './journal/entry-instant.ts';
import { nearest } from './scenario/nearest.ts';
import { SimError } from './sim-error.ts';
import type { BusinessClock } from './time/clock.ts';
import { toIso } from './time/instant.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Windows } from './windows.ts';

export interface CheckpointParts extends RebuiltParts {
  readonly clock: BusinessClock;
  readonly journal: Journal;
  readonly agenda: Agenda;
  readonly mail: Mail;
  readonly windows: () => Pick<Windows, 'gateways' | 'disconnectOthers'>;
  /** Takes what is planned from the clock. */
  readonly endDay: () => void;
  /** Puts what is still to come on the clock. */
  readonly beginDay: (past: Rebuilt) => void;
  readonly faults: Pick<LiveFaults, 'restore' | 'movePorts'>;
  /** The day is brought back: files that tell of it follow. */
  readonly restored: () => Promise<void>;
  /** A checkpoint was made: waits until it outlives the machine's power. */
  readonly saved: () => void;
}

export interface Checkpoints {
  /** @throws SimError SIM_OPTION_INVALID for a name that is no name, or is taken */
  save(name?: string): Checkpoint;
  list(): readonly Checkpoint[];
  /** @throws SimError SIM_CHECKPOINT_UNKNOWN */
  restore(name: string): Promise<Checkpoint>;
}

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/**
 * A checkpoint is a place in the journal: the journal and what the day remembers beside it tell all that the day was
 * there. A restore goes back to it; the journal goes on.
 */
export function openCheckpoints(parts: CheckpointParts): Checkpoints {
  const { journal, clock } = parts;
  const list = (): readonly Checkpoint[] =>
    journal
      .entries({ kind: 'checkpoint.saved' })
      .map((entry) => ({ name: String(entry['checkpoint']), simTime: entry.simTime, position: entry.seq }));
  return {
    list,
    save(name = `checkpoint-${list().length + 1}`) {
      if (!NAME.test(name)) {
        throw new SimError(
          'SIM_OPTION_INVALID',
          `"${name.slice(0, 70)}" is no name of a checkpoint: letters, digits, ".", "_" and "-", at most 64`,
        );
      }
      const same = list().find((each) => each.name === name);
      if (same) {
        throw new SimError(
          'SIM_OPTION_INVALID',
          `there is a checkpoint "${name}" already, of ${same.simTime.slice(11, 19)}; choose another name`,
        );
      }
      const { simTime, seq } = journal.record({ kind: 'checkpoint.saved', source: 'control', checkpoint: name });
      parts.saved();
      return { name, simTime, position: seq };
    },
    async restore(name) {
      const known = list();
      const checkpoint = known.find((each) => each.name === name);
      if (!checkpoint) throw unknownCheckpoint(name, known);
      await clock.restore((toInstant) => goBack(parts, checkpoint, toInstant));
      // What a step had begun when the checkpoint was made is done to its end.
      await clock.advanceBy(0);
      return checkpoint;
    },
  };
}

async function goBack(
  parts: CheckpointParts,
  { name, simTime, position }: Checkpoint,
  toInstant: Parameters<Parameters<BusinessClock['restore']>[0]>[0],
): Promise<void> {
  const { clock, journal, agenda, mail, upgraded, old } = parts;
  const from = toIso(clock.now());
  // Nothing that is planned shall answer to what now happens to the clients.
  parts.endDay();
  const { gateways, disconnectOthers } = parts.windows();
  const running = [...gateways].filter(([, gateway]) => gateway.isRunning());
  await Promise.all(running.map(([, gateway]) => gateway.stop('refuse')));
  disconnectOthers();

  // No await from here to the first entry of the restored day: nothing may come in between.
  toInstant(instantOf({ simTime }));
  const past = rebuild(parts, position);
  journal.record({ kind: 'checkpoint.restored', source: 'control', checkpoint: name, position, from });
  endSessions(upgraded, old);
  agenda.restore(changesOf(past.changes, 'task-due', 'task-done'), () => parts.beginDay(past));

  await mail.outbox.restore(changesOf(past.changes, 'mail').map((change) => change.mail));
  await setGateways(parts.windows(), past.changes);
  await parts.faults.movePorts();
  await parts.restored();
}

/** Nobody who was logged in is connected any more. */
export function endSessions(...cores: readonly (ClearingCore | undefined)[]): void {
  for (const core of cores) for (const { id } of core?.sessions() ?? []) core?.endSession(id, 'gateway-stopped');
}

/** Makes the gateways of a day that goes on what they were: they run where nothing else was said. */
export async function setGateways({ gateways }: Pick<Windows, 'gateways'>, changes: readonly Change[]): Promise<void> {
  const wanted = gatewaysAfter(changes);
  await Promise.all(
    [...gateways].map(async ([name, gateway]) => {
      const are = wanted.get(name) ?? 'running';
      // One that resets connections has to be open before.
      if (are === 'running' || are === 'reset') await gateway.start();
      if (are !== 'running') await gateway.stop(are);
    }),
  );
}

function unknownCheckpoint(name: string, known: readonly Checkpoint[]): SimError {
  const names = known.map((each) => each.name);
  const near = nearest(name, names);
  const hint =
    near !== undefined
      ? `; did you mean "${near}"?`
      : names.length === 0
        ? '; none was made yet'
        : `; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
  return new SimError('SIM_CHECKPOINT_UNKNOWN', `there is no checkpoint "${name.slice(0, 70)}"${hint}`);
}
