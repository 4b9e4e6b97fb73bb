import type { Participant } from '../clearing/participant.ts';
import { toIso, type Instant } from '../time/instant.ts';
import { FORM_TITLES, type FormKind } from './forms/fields.ts';
import type { Mistake } from './forms/text-form.ts';

// The words are ours: HKEX's own answers are not public.

interface Answer {
  readonly subject: string;
  readonly text: string;
}

const FOOT = [
  '',
  'Clearing Operations (simulation)',
  'This mail is from dcass-sim, not from HKEX. DCASS Hotline of the real one: 2979 7222.',
];

/** All that is wrong, in one mail. */
export function refused(subject: string, form: FormKind | undefined, mistakes: readonly Mistake[]): Answer {
  const what = form === undefined ? 'Your mail' : `The "${FORM_TITLES[form]}"`;
  const count = mistakes.length === 1 ? 'one thing' : `${mistakes.length} things`;
  return {
    subject: subject === '' ? 'Your form was not accepted' : `Not accepted: ${subject}`,
    text: [
      `${what} was not accepted, and nothing was done. ${count === 'one thing' ? 'One thing has' : `${mistakes.length} things have`} to be mended:`,
      '',
      ...mistakes.map(({ field, words }, i) => `${i + 1}. ${field}: ${words}`),
      '',
      'Please send the whole form again.',
      ...FOOT,
    ].join('\n'),
  };
}

export function passwordsReset(
  { code, name }: Participant,
  users: readonly { readonly id: string; readonly password: string | undefined }[],
): Answer {
  return {
    subject: `Passwords of ${code} are reset`,
    text: [
      `${name} (${code}): these passwords are reset. Each user has to change the own at the next login.`,
      '',
      ...users.map(({ id, password }) => (password === undefined ? `${id}: could not be reset` : `${id}: ${password}`)),
      '',
      'The passwords are carried forward to production on 6 May 2019.',
      ...FOOT,
    ].join('\n'),
  };
}

export function confirmed({ code, name }: Participant, at: Instant, late: boolean): Answer {
  const time = toIso(at).slice(0, 16).replace('T', ' ');
  return {
    subject: `Confirmation of ${code} received${late ? ', late' : ''}`,
    text: [
      `${name} (${code}): your Confirmation Form was received at ${time}, ${late ? 'after the deadline of 12:30' : 'in time'}.`,
      ...FOOT,
    ].join('\n'),
  };
}
