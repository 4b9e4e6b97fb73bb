import type { Together } from './clearing/core-state.ts';
import type { ClearingCore } from './clearing/core.ts';
import { recordConfirmation } from './confirmation.ts';
import type { RunDirectory } from './host/run-directory.ts';
import type { JournalWriter } from './journal/entry.ts';
import { addressesOf } from './mail/contacts.ts';
import { openDesk, type Desk, type ResetAsked } from './mail/desk.ts';
import { openOutbox, type Outbox, type SentMail } from './mail/outbox.ts';
import { DEFAULT_MAIL_SETTINGS } from './mail/settings.ts';
import type { Agenda } from './persistence/agenda.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { ScenarioAction } from './scenario/action.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { BusinessClock } from './time/clock.ts';

/** HKEX's desk, what it has sent, and notices to the participants' contacts. */
export interface Mail {
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly bytesMax: number;
  /** Records a Confirmation Form that came another way. @returns undefined for an unknown participant */
  confirm(code: string): ReturnType<typeof recordConfirmation>;
  resetPasswords(asked: ResetAsked): Promise<void>;
  notify(notice: Omit<Extract<ScenarioAction, { do: 'mail.send' }>, 'do'>): Promise<void>;
}

export interface MailOptions {
  readonly scenario: Pick<Scenario, 'correspondence' | 'date'>;
  readonly run: RunDirectory;
  readonly clock: BusinessClock;
  readonly journal: JournalWriter;
  readonly platforms: Platforms;
  /** The upgraded platform, which a confirmation is about. */
  readonly core: ClearingCore;
  readonly agenda: Pick<Agenda, 'add'>;
  readonly together: Together;
  readonly note: (change: { readonly of: 'mail'; readonly mail: SentMail }) => void;
}

export function openMail(options: MailOptions): Mail {
  const { scenario, run, clock, journal, platforms, core, agenda, together, note } = options;
  const { contacts } = scenario.correspondence;
  const settings = { ...DEFAULT_MAIL_SETTINGS, ...scenario.correspondence.settings };
  const outbox = openOutbox({
    now: clock.now,
    journal,
    keep: (name, text) => run.write(name, text),
    remove: (name) => run.remove(name),
    note: (mail) => note({ of: 'mail', mail }),
  });
  const due = { time: settings.confirmationDue, date: scenario.date };
  const confirm = (code: string, via: 'mail' | 'control') => recordConfirmation(code, core, journal, due, via);
  const desk = openDesk({
    core: () => platforms.core,
    resetLater: (at, asked) => agenda.add(at, { do: 'passwords.reset', ...asked }),
    together,
    journal,
    outbox,
    contacts,
    settings,
    confirm: (code) => ({ late: confirm(code, 'mail')?.late ?? false }),
  });
  return {
    outbox,
    desk,
    bytesMax: settings.bytesMax,
    confirm: (code) => confirm(code, 'control'),
    resetPasswords: (asked) => desk.reset(asked),
    async notify({ to, subject, text }) {
      // Sent in the order of the participants, all at once; then their files are written.
      const sending = core
        .participants()
        .filter(({ code }) => to === undefined || code === to)
        .map(({ code }) => outbox.send({ to: addressesOf(contacts, code), participant: code, subject, text }));
      await Promise.all(sending);
    },
  };
}
