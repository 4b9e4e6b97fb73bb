import type { ClearingCore } from '../clearing/core.ts';
import type { CustomerCode, Participant } from '../clearing/participant.ts';
import type { UserId } from '../clearing/user.ts';
import type { JournalWriter } from '../journal/entry.ts';
import type { BusinessClock } from '../time/clock.ts';
import { plusMs } from '../time/instant.ts';
import * as answers from './answers.ts';
import { isContact, type Contacts } from './contacts.ts';
import { findForm } from './find-form.ts';
import { checkForm } from './forms/check-form.ts';
import type { FormKind } from './forms/fields.ts';
import { clip, type Mistake, type ReadForm } from './forms/text-form.ts';
import type { Outbox } from './outbox.ts';
import type { ReceivedMail } from './received-mail.ts';
import type { MailSettings } from './settings.ts';

export interface DeskOptions {
  /** The clearing state of the platform that works now. */
  readonly core: () => Pick<ClearingCore, 'now' | 'phase' | 'participants' | 'usersOf' | 'resetPasswordByExchange'>;
  readonly clock: Pick<BusinessClock, 'scheduleAt'>;
  readonly journal: JournalWriter;
  readonly outbox: Outbox;
  readonly contacts: Contacts;
  readonly settings: MailSettings;
  /** Records a Confirmation Form. */
  readonly confirm: (participant: CustomerCode) => { readonly late: boolean };
}

/** HKEX's Clearing Operations, as far as they read mails: rollout package, Appendix B and E (A). */
export interface Desk {
  /** Resolves when the mail is dealt with, and its answer is in the mailbox. */
  take(mail: ReceivedMail): Promise<void>;
}

export function openDesk(options: DeskOptions): Desk {
  const { core, clock, journal, outbox, contacts, settings } = options;

  const mistakesOf = (
    mail: ReceivedMail,
    read: ReadForm & { readonly ok: true },
    participant: Participant | undefined,
  ): readonly Mistake[] => [
    ...(participant && !mayBeFrom(mail.from, participant.code, contacts, settings)
      ? [{ field: 'Sender', words: `${clip(mail.from ?? '')} is not a designated contact of ${participant.code}` }]
      : []),
    // The form's own note (Appendix B, A).
    ...(read.form.kind === 'password-reset' &&
    settings.resets === 'verification-session' &&
    core().phase() !== 'enquiry-only'
      ? [
          {
            field: 'Form',
            words: 'passwords are reset during the Post-Release Verification Session only, and it is not open',
          },
        ]
      : []),
  ];

  const bounce = async (
    mail: ReceivedMail,
    form: FormKind | undefined,
    participant: CustomerCode | undefined,
    mistakes: readonly Mistake[],
  ): Promise<void> => {
    const fields = mistakes.map(({ field }) => field);
    journal.record({
      kind: 'form.refused',
      source: 'mail',
      outcome: 'refused',
      code: 'form-not-accepted',
      form,
      participant,
      fields,
    });
    // A mail without a sender is itself an answer of a machine: RFC 5321, 6.1.
    if (mail.from === undefined) return;
    await outbox.send({
      to: [mail.from],
      participant: mailboxOf(mail.from, contacts),
      ...answers.refused(mail.subject, form, mistakes),
    });
  };

  const reset = async (to: string | undefined, participant: Participant, users: readonly UserId[]): Promise<void> => {
    const passwords = users.map((id) => {
      const done = core().resetPasswordByExchange(id, undefined);
      return { id, password: done.ok ? done.value.temporary.reveal() : undefined };
    });
    if (to === undefined) return;
    await outbox.send({ to: [to], participant: participant.code, ...answers.passwordsReset(participant, passwords) });
  };

  return {
    async take(mail) {
      const read = await findForm(mail);
      if (!read.ok) return bounce(mail, undefined, undefined, [{ field: 'Form', words: read.why }]);
      const { kind, values } = read.form;
      const { mistakes, checked } = checkForm(read.form, core());
      const participant =
        checked?.participant ??
        core()
          .participants()
          .find(({ code }) => code === values.get('DCASS Customer Code'));
      const all = [...mistakesOf(mail, read, participant), ...read.mistakes, ...mistakes];
      if (!checked || all.length > 0) return bounce(mail, kind, participant?.code, all);

      const { users } = checked;
      const { code } = checked.participant;
      journal.record({
        kind: 'form.accepted',
        source: 'mail',
        outcome: 'ok',
        form: kind,
        participant: code,
        ...(users.length > 0 ? { users } : {}),
      });
      if (kind === 'confirmation') {
        const { late } = options.confirm(code);
        if (mail.from !== undefined)
          await outbox.send({
            to: [mail.from],
            participant: code,
            ...answers.confirmed(checked.participant, core().now(), late),
          });
        return undefined;
      }
      if (settings.resetTakesMs === 0) return reset(mail.from, checked.participant, users);
      clock.scheduleAt(plusMs(core().now(), settings.resetTakesMs), () => reset(mail.from, checked.participant, users));
      return undefined;
    },
  };
}

function mayBeFrom(
  from: string | undefined,
  code: CustomerCode,
  contacts: Contacts,
  { senders }: MailSettings,
): boolean {
  return senders === 'anyone' || (contacts.get(code) ?? []).length === 0 || isContact(contacts, code, from);
}

/** The participant whose contact an address is. */
function mailboxOf(address: string, contacts: Contacts): CustomerCode | undefined {
  return [...contacts.keys()].find((code) => isContact(contacts, code, address));
}
