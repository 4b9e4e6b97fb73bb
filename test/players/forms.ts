import { createTransport } from 'nodemailer';
import type { Simulator } from '../../src/index.ts';
import { LABELS, TICKED, USER_BLOCKS, userLabel, type FilledForm } from '../../src/mail/forms/fields.ts';
import { writePdfForm } from '../../src/mail/forms/write-pdf-form.ts';
import { parseUserId } from '../../src/clearing/user.ts';

const DESK = 'clearingpsd@hkex.com.hk';

/** Whom a form is from: what stands at its head. */
export interface Sender {
  readonly code: string;
  readonly name: string;
  readonly membership: 'HKCC' | 'SEOCH' | 'Both';
  readonly contact: string;
  readonly phone: string;
  readonly email: string;
}

function head({ code, name, membership, contact, phone, email }: Sender): readonly (readonly [string, string])[] {
  return [
    [LABELS.name, name],
    [LABELS.membership, membership],
    [LABELS.code, code],
    [LABELS.contact, contact],
    [LABELS.phone, phone],
    [LABELS.email, email],
    [LABELS.signatories, contact],
    [LABELS.signed, TICKED],
  ];
}

/** Appendix E. */
export function confirmation(from: Sender): FilledForm {
  const rest = [
    [LABELS.completed, TICKED],
    [LABELS.date, '2019-05-05'],
  ] as const;
  return { kind: 'confirmation', values: new Map([...head(from), ...rest]) };
}

/** Appendix B, for these users. */
export function passwordReset(from: Sender, users: readonly string[]): FilledForm {
  const blocks = USER_BLOCKS.flatMap(({ kind, tick }) => {
    const own = users.filter((user) => parseUserId(user)?.kind === kind);
    return own.length === 0
      ? []
      : [[tick, TICKED] as const, ...own.map((user, i) => [userLabel(tick, i + 1), user] as const)];
  });
  return { kind: 'password-reset', values: new Map([...head(from), ...blocks]) };
}

/** As a PDF with filled fields, from a mail program. */
export async function mailForm({ endpoints }: Simulator, from: Sender, form: FilledForm): Promise<void> {
  const { address: host, port } = endpoints.mail;
  const program = createTransport({ host, port, secure: false, ignoreTLS: true });
  const attachments = [{ filename: 'form.pdf', content: Buffer.from(await writePdfForm(form)) }];
  await program.sendMail({ from: from.email, to: DESK, subject: form.kind, text: 'Attached.', attachments });
  program.close();
}
