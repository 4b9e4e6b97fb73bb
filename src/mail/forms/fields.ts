import type { UserKind } from '../../clearing/user.ts';

/** The two forms of the rollout package: Appendix B and Appendix E. */
export type FormKind = 'password-reset' | 'confirmation';

export const FORM_KINDS: readonly FormKind[] = ['password-reset', 'confirmation'];

/** What HKEX calls them, and what the line `Form:` has. */
export const FORM_TITLES: Readonly<Record<FormKind, string>> = {
  'password-reset': 'DCASS Post-Release Verification - Password Reset Form',
  confirmation: 'HKATS and DCASS Upgrade - Confirmation for Post-Release Verification',
};

/** The label of the line, and the name of the PDF field, that says which form it is. */
export const FORM_LABEL = 'Form';

/** A field of a form. Its label is the text before the colon, and the name of the PDF field. */
export interface FormField {
  readonly label: string;
  readonly type: 'text' | 'choice' | 'tick';
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** The kind of user whose id belongs here. */
  readonly user?: UserKind;
}

/** What a form says: values by label. A tick that is set is `yes`; what is not filled in is not there. */
export interface FilledForm {
  readonly kind: FormKind;
  readonly values: ReadonlyMap<string, string>;
}

export const TICKED = 'yes';

export const LABELS = {
  name: 'Participant Full Name',
  membership: 'Participant of',
  code: 'DCASS Customer Code',
  contact: 'Contact Person (Primary)',
  phone: 'Phone No. (Primary)',
  email: 'E-mail Address (Primary)',
  otherContact: 'Contact Person (Alternate)',
  otherPhone: 'Phone No. (Alternate)',
  otherEmail: 'E-mail Address (Alternate)',
  completed: 'Post-Release Verification Completed',
  signatories: 'Name of Signatories',
  signed: 'Signed',
  chop: 'Company Chop',
  date: 'Date',
} as const;

/** What Appendix B says of each kind of user: the checkbox before, how many, and an example (A). */
export const USER_BLOCKS: readonly {
  readonly kind: UserKind;
  readonly tick: string;
  readonly count: number;
  readonly example: string;
}[] = [
  { kind: 'online', tick: 'DCASS Online User', count: 2, example: 'BU_Cxxx101' },
  { kind: 'oapi', tick: 'DCASS OAPI User', count: 6, example: 'BO_Cxxx801 or BO_Cxxx901' },
  { kind: 'administrator', tick: 'DCASS Administration User', count: 2, example: 'BU_Cxxx201' },
];

const text = (label: string, required: boolean): FormField => ({ label, type: 'text', required });
const tick = (label: string, required: boolean): FormField => ({ label, type: 'tick', required });

const HEAD: readonly FormField[] = [
  text(LABELS.name, true),
  { label: LABELS.membership, type: 'choice', required: true, choices: ['HKCC', 'SEOCH', 'Both'] },
  text(LABELS.code, true),
  text(LABELS.contact, true),
  text(LABELS.phone, true),
  text(LABELS.email, true),
  text(LABELS.otherContact, false),
  text(LABELS.otherPhone, false),
  text(LABELS.otherEmail, false),
];

const USERS: readonly FormField[] = USER_BLOCKS.flatMap(({ kind, tick: label, count }) => [
  tick(label, false),
  ...Array.from({ length: count }, (_, i): FormField => ({ ...text(userLabel(label, i + 1), false), user: kind })),
]);

/** The chop is only asked for where it is part of the signing instruction (Appendix B and E, A). */
const FOOT: readonly FormField[] = [
  text(LABELS.signatories, true),
  tick(LABELS.signed, true),
  tick(LABELS.chop, false),
];

/** The fields of each form, top to bottom, as the appendices have them. The layout is ours. */
export const FORM_FIELDS: Readonly<Record<FormKind, readonly FormField[]>> = {
  'password-reset': [...HEAD, ...USERS, ...FOOT],
  confirmation: [...HEAD, tick(LABELS.completed, true), ...FOOT, text(LABELS.date, true)],
};

/** `DCASS OAPI User (3)`. */
export function userLabel(block: string, number: number): string {
  return `${block} (${number})`;
}

/** What a form's user blocks have, in their order, with the label of the place. */
export function usersOf({
  kind,
  values,
}: FilledForm): readonly { readonly label: string; readonly id: string; readonly expected: UserKind }[] {
  return FORM_FIELDS[kind].flatMap(({ label, user }) => {
    const id = values.get(label);
    return user === undefined || id === undefined ? [] : [{ label, id, expected: user }];
  });
}
