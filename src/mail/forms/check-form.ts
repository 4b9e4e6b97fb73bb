import type { ClearingHouse, CustomerCode, Participant } from '../../clearing/participant.ts';
import { parseUserId, type UserId, type UserKind } from '../../clearing/user.ts';
import { FORM_FIELDS, LABELS, TICKED, USER_BLOCKS, usersOf, type FilledForm, type FormField } from './fields.ts';
import { clip, type Mistake } from './text-form.ts';

/** What a form is checked against. */
export interface FormWorld {
  participants(): readonly Participant[];
  usersOf(code: CustomerCode): readonly { readonly id: UserId }[];
}

/** A form in which everything is right. */
export interface CheckedForm {
  readonly participant: Participant;
  /** Whose passwords are to be reset; empty in a confirmation. */
  readonly users: readonly UserId[];
}

/** Everything that is wrong with a form, all at once, in the order of its fields; or what it asks for. */
export function checkForm(
  form: FilledForm,
  world: FormWorld,
): { readonly mistakes: readonly Mistake[]; readonly checked: CheckedForm | undefined } {
  const { values, kind } = form;
  const mistakes: Mistake[] = [];
  const refuse = (label: string, words: string): void => void mistakes.push({ field: label, words });
  const value = (label: string): string => values.get(label) ?? '';
  for (const field of FORM_FIELDS[kind]) checkField(field, values.get(field.label), refuse);

  const code = value(LABELS.code);
  const participant = world.participants().find((each) => each.code === code);
  if (code !== '' && !participant)
    refuse(LABELS.code, `"${clip(code)}" is not the customer code of a clearing participant`);
  if (participant) {
    // ASSUMED: HKEX compares the name and the membership with its records (Appendix B and E ask for both; X).
    const name = value(LABELS.name);
    if (name !== '' && plain(name) !== plain(participant.name)) {
      refuse(LABELS.name, `${participant.code} is "${participant.name}", not "${clip(name)}"`);
    }
    const membership = membershipOf(participant.clearingHouses);
    const stated = value(LABELS.membership);
    if (isChoice(LABELS.membership, form, stated) && stated.toLowerCase() !== membership.toLowerCase()) {
      refuse(
        LABELS.membership,
        `${participant.code} is a participant of ${membership === 'Both' ? 'both HKCC and SEOCH' : membership}, not of ${stated}`,
      );
    }
  }
  const users = kind === 'password-reset' ? checkUsers(form, participant, world, refuse) : [];
  return { mistakes, checked: participant && mistakes.length === 0 ? { participant, users } : undefined };
}

function checkField(
  { label, type, required, choices = [] }: FormField,
  found: string | undefined,
  refuse: (label: string, words: string) => void,
): void {
  if (found === undefined) {
    if (required) refuse(label, type === 'tick' ? 'is not ticked' : 'is not filled in');
    return;
  }
  if (found.length > LENGTH_MAX) return refuse(label, `has ${found.length} characters; ${LENGTH_MAX} at most`);
  if (type === 'tick' && found !== TICKED) return refuse(label, `"${clip(found)}" is neither yes nor no`);
  if (type === 'choice' && !choices.some((each) => each.toLowerCase() === found.toLowerCase())) {
    return refuse(label, `"${clip(found)}" is none of ${choices.join(', ')}`);
  }
  if (label.startsWith('E-mail') && !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(found)) {
    return refuse(label, `"${clip(found)}" is no e-mail address`);
  }
  if (label.startsWith('Phone') && !/^\+?[\d][\d ()-]{3,24}$/.test(found))
    refuse(label, `"${clip(found)}" is no phone number`);
}

const LENGTH_MAX = 200;

function checkUsers(
  form: FilledForm,
  participant: Participant | undefined,
  world: FormWorld,
  refuse: (label: string, words: string) => void,
): readonly UserId[] {
  const filled = usersOf(form);
  if (filled.length === 0) refuse('User IDs', 'no user is named; a form without one asks for nothing');
  for (const { kind, tick } of USER_BLOCKS) {
    const has = filled.some((each) => each.expected === kind);
    const isTicked = form.values.get(tick) === TICKED;
    if (has && !isTicked) refuse(tick, 'users are filled in, but the box before them is not ticked');
    if (!has && isTicked) refuse(tick, 'the box is ticked, but no user is filled in');
  }
  const seen = new Set<string>();
  for (const { label, id, expected } of filled) {
    const trouble = userTrouble(id, expected, participant, world);
    if (trouble !== undefined) refuse(label, trouble);
    else if (seen.has(id)) refuse(label, `${id} is there twice`);
    seen.add(id);
  }
  return filled.map(({ id }) => id as UserId);
}

const KIND_WORDS: Readonly<Record<UserKind, string>> = {
  online: 'a DCASS Online user',
  oapi: 'a DCASS OAPI user',
  administrator: 'a DCASS Administration user',
};

function userTrouble(
  id: string,
  expected: UserKind,
  participant: Participant | undefined,
  world: FormWorld,
): string | undefined {
  const parts = parseUserId(id);
  const example = USER_BLOCKS.find(({ kind }) => kind === expected)?.example ?? '';
  if (!parts) return `"${clip(id)}" is no user id; ${KIND_WORDS[expected]} is ${example}`;
  if (parts.kind !== expected)
    return `${id} is ${KIND_WORDS[parts.kind]}; here belongs ${KIND_WORDS[expected]} (${example})`;
  // Of another participant's users nothing is told, not even whether they exist.
  if (participant && parts.participant !== participant.code) return `${id} is not a user of ${participant.code}`;
  return participant && !world.usersOf(participant.code).some((user) => user.id === id)
    ? `${participant.code} has no user ${id}`
    : undefined;
}

/** `HKCC`, `SEOCH` or `Both`. */
export function membershipOf(houses: readonly ClearingHouse[]): string {
  return houses.length > 1 ? 'Both' : (houses[0] ?? '');
}

function isChoice(label: string, { kind }: FilledForm, found: string): boolean {
  const field = FORM_FIELDS[kind].find((each) => each.label === label);
  return field?.choices?.some((each) => each.toLowerCase() === found.toLowerCase()) ?? false;
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
