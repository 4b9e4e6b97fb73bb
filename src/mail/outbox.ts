import type { CustomerCode } from '../clearing/participant.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { toIso, type Instant } from '../time/instant.ts';

/** HKEX's address for both forms: rollout package, Appendix B and E (A). */
export const DESK_ADDRESS = 'clearingpsd@hkex.com.hk';

/** A mail of HKEX's desk. */
export interface SentMail {
  /** 1, 2, 3 … in the order of sending. */
  readonly number: number;
  readonly simTime: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Whose mailbox it is in; undefined for an answer to somebody who is no participant's contact. */
  readonly participant: CustomerCode | undefined;
  readonly subject: string;
  readonly text: string;
}

export type MailToSend = Pick<SentMail, 'to' | 'participant' | 'subject' | 'text'>;

/** What HKEX has sent. Nothing leaves this machine: the mails are kept to be read here, and as files. */
export interface Outbox {
  /** It is sent at once; resolves when its file is written. */
  send(mail: MailToSend): Promise<SentMail>;
  sent(): readonly SentMail[];
  /** Forgets its mails, and has sent these. Resolves when their files are there, and those of others are gone. */
  restore(mails: readonly SentMail[]): Promise<void>;
}

export interface OutboxOptions {
  readonly now: () => Instant;
  readonly journal: JournalWriter;
  /** Keeps a mail as a file. */
  readonly keep: (name: string, text: string) => Promise<unknown>;
  readonly remove: (name: string) => Promise<unknown>;
  /** Told of a mail before it is in the journal. */
  readonly note?: (mail: SentMail) => void;
}

export function openOutbox({ now, journal, keep, remove, note = () => undefined }: OutboxOptions): Outbox {
  const mails: SentMail[] = [];
  const file = async (mail: SentMail): Promise<unknown> => keep(fileName(mail), await toMessage(mail));
  return {
    async send(mail) {
      const sent: SentMail = { number: mails.length + 1, simTime: toIso(now()), from: DESK_ADDRESS, ...mail };
      note(sent);
      mails.push(sent);
      const { number, to, participant, subject } = sent;
      // The text of an answer can have passwords in it.
      journal.record({ kind: 'mail.sent', source: 'mail', number, to, participant, subject });
      await file(sent);
      return sent;
    },
    sent: () => mails,
    async restore(before) {
      const names = new Set(before.map(fileName));
      await Promise.all(mails.map(fileName).flatMap((name) => (names.has(name) ? [] : remove(name))));
      mails.length = 0;
      mails.push(...before);
      await Promise.all(mails.map(file));
    },
  };
}

/** `mail/CABC/001.eml` */
function fileName({ number, participant }: SentMail): string {
  return `mail/${participant ?? 'others'}/${String(number).padStart(3, '0')}.eml`;
}

/** The mail as a file that every mail program opens: RFC 5322, the same bytes in every run. */
async function toMessage({ number, simTime, from, to, subject, text }: SentMail): Promise<string> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const date = `${simTime.slice(0, 19)}+08:00`;
  const mail = new MailComposer({
    from: { name: 'Clearing Operations (simulation)', address: from },
    to: [...to],
    subject,
    text,
    date,
    messageId: `<${number}.${date.replaceAll(/\D/g, '')}@dcass-sim.invalid>`,
    headers: { 'X-Simulation': 'dcass-sim; not a mail of HKEX' },
  });
  return String(await mail.compile().build());
}
