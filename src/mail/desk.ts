import type { Together } from '../clearing/core-state.ts';
import type { ClearingCore } from '../clearing/core.ts';
import type { CustomerCode, Participant } from '../clearing/participant.ts';
import type { UserId } from '../clearing/user.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { plusMs, type Instant } from '../time/instant.ts';
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
  /** Resets passwords later, by {@link Desk.reset}. */
  readonly resetLater: (at: Instant, reset: ResetAsked) => void;
  readonly together: Together;
  readonly journal: JournalWriter;
  readonly outbox: Outbox;
  readonly contacts: Contacts;
  readonly settings: MailSettings;
  /** Records a Confirmation Form. */
  readonly confirm: (participant: CustomerCode) => { readonly late: boolean };
}

/** Passwords that a form asks to reset; the new ones go to `to`. */
export interface ResetAsked {
  readonly to?: string | undefined;
  readonly participant: CustomerCode;
  readonly users: readonly UserId[];
}

/** HKEX's Clearing Operations, as far as they read mails: rollout package, Appendix B and E (A). */
export interface Desk {
  /** Resolves when the mail is dealt with, and its answer is in the mailbox. */
  take(mail: ReceivedMail): Promise<void>;
  /** Resets passwords that a form asked for; resolves when the answer is in the mailbox. */
  reset(asked: ResetAsked): Promise<void>;
}

export function openDesk(options: DeskOptions): Desk {
  const { core, journal, outbox, contacts, settings } = options;

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

  const reset = async ({ to, participant: code, users }: ResetAsked): Promise<void> => {
    const passwords = users.map((id) => {
      const done = core().resetPasswordByExchange(id, undefined);
      return { id, password: done.ok ? done.value.temporary.reveal() : undefined };
    });
    const participant = core()
      .participants()
      .find((each) => each.code === code);
    if (to === undefined || !participant) return;
    await outbox.send({ to: [to], participant: code, ...answers.passwordsReset(participant, passwords) });
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

      return options.together(() => accept(mail, kind, checked));
    },
    reset,
  };

  async function accept(
    { from }: ReceivedMail,
    form: FormKind,
    { participant, users }: { readonly participant: Participant; readonly users: readonly UserId[] },
  ): Promise<void> {
    const { code } = participant;
    journal.record({
      kind: 'form.accepted',
      source: 'mail',
      outcome: 'ok',
      form,
      participant: code,
      ...(users.length > 0 ? { users } : {}),
    });
    if (form === 'confirmation') {
      const { late } = options.confirm(code);
      if (from === undefined) return;
      await outbox.send({ to: [from], participant: code, ...answers.confirmed(participant, core().now(), late) });
      return;
    }
    const asked = { ...(from === undefined ? {} : { to: from }), participant: code, users };
    if (settings.resetTakesMs === 0) await reset(asked);
    else options.resetLater(plusMs(core().now(), settings.resetTakesMs), asked);
  }
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
