import type { Span } from '../journal/surviving.ts';
import type { RuleChange } from '../oapi/answers-on-demand/live-rules.ts';
import type { SentMail } from '../mail/outbox.ts';
import type { PlatformChange } from '../platforms/platforms.ts';
import type { FaultChange } from '../faults/live-faults.ts';
import type { ReportOrdersChange } from '../report-desk.ts';
import type { PublicationChange } from '../report-schedule.ts';
import type { SftpKeyChange } from '../sftp-keys.ts';
import type { GatewayName, StopHow } from '../scenario/action.ts';
import type { GateAnswer } from '../scenario/run-timeline.ts';
import type { AgendaChange } from './agenda.ts';

/** What a day remembers beside its clearing state and its journal, as a list of changes. */
export type Change =
  | AgendaChange
  | PlatformChange
  | RuleChange
  | PublicationChange
  | ReportOrdersChange
  | FaultChange
  | SftpKeyChange
  | GateAnswer
  | { readonly of: 'gateways'; readonly gateways: readonly GatewayName[]; readonly are: 'running' | StopHow }
  /** Has passwords in its text. */
  | { readonly of: 'mail'; readonly mail: SentMail };

export interface Noted {
  /** The number of journal entries that stood before it. */
  readonly after: number;
  readonly change: Change;
}

/** The changes of a day in their order, each at its place in the journal. */
export class Chronicle {
  readonly #noted: Noted[];
  readonly #position: () => number;
  readonly #keep: (noted: Noted) => void;

  /** @param past those of the day so far; @param keep writes one down */
  constructor(position: () => number, keep: (noted: Noted) => void = () => undefined, past: readonly Noted[] = []) {
    this.#noted = [...past];
    this.#position = position;
    this.#keep = keep;
  }

  note(change: Change): void {
    const noted = { after: this.#position(), change };
    this.#keep(noted);
    this.#noted.push(noted);
  }

  /** The changes that belong to these stretches of the journal. */
  within(spans: readonly Span[]): readonly Change[] {
    return this.notedWithin(spans).map(({ change }) => change);
  }

  /** The same, each with its place. */
  notedWithin(spans: readonly Span[]): readonly Noted[] {
    return this.#noted.filter(({ after }) =>
      spans.some(({ first, last }) => (first === 1 || after >= first) && after < last),
    );
  }
}

/** The changes of some kinds. */
export function changesOf<Of extends Change['of']>(
  changes: readonly Change[],
  ...kinds: readonly Of[]
): readonly Extract<Change, { of: Of }>[] {
  return changes.filter((change): change is Extract<Change, { of: Of }> => kinds.some((kind) => kind === change.of));
}
