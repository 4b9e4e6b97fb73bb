import type { ClearingCore } from './clearing/core.ts';
import { recordConfirmation } from './confirmation.ts';
import type { RunDirectory } from './host/run-directory.ts';
import type { JournalWriter } from './journal/entry.ts';
import { addressesOf } from './mail/contacts.ts';
import { openDesk, type Desk } from './mail/desk.ts';
import { openOutbox, type Outbox } from './mail/outbox.ts';
import { DEFAULT_MAIL_SETTINGS } from './mail/settings.ts';
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
}

export function openMail({ scenario, run, clock, journal, platforms, core }: MailOptions): Mail {
  const { contacts } = scenario.correspondence;
  const settings = { ...DEFAULT_MAIL_SETTINGS, ...scenario.correspondence.settings };
  const outbox = openOutbox({ now: clock.now, journal, keep: (name, text) => run.write(name, text) });
  const due = { time: settings.confirmationDue, date: scenario.date };
  const confirm = (code: string, via: 'mail' | 'control') => recordConfirmation(code, core, journal, due, via);
  const desk = openDesk({
    core: () => platforms.core,
    clock,
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
    async notify({ to, subject, text }) {
      for (const { code } of core.participants()) {
        if (to !== undefined && code !== to) continue;
        // In the order of the participants, so that their numbers are the same in every run.
        // oxlint-disable-next-line no-await-in-loop
        await outbox.send({ to: addressesOf(contacts, code), participant: code, subject, text });
      }
    },
  };
}
