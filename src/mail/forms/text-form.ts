import {
  FORM_FIELDS,
  FORM_KINDS,
  FORM_LABEL,
  FORM_TITLES,
  TICKED,
  type FilledForm,
  type FormField,
  type FormKind,
} from './fields.ts';

/** What is wrong, and where: the label of a field, or a line. The words can have what was filled in. */
export interface Mistake {
  readonly field: string;
  readonly words: string;
}

/** A form that was read, with what its text itself has wrong; or why it is none. */
export type ReadForm =
  | { readonly ok: true; readonly form: FilledForm; readonly mistakes: readonly Mistake[] }
  | { readonly ok: false; readonly why: string };

/** A form as lines `Label: value`, empty fields too, for a person to fill in. */
export function writeTextForm({ kind, values }: FilledForm): string {
  const lines = FORM_FIELDS[kind].map(({ label, type }) => {
    const value = values.get(label) ?? '';
    return `${label}: ${type === 'tick' && value === '' ? 'no' : value}`.trimEnd();
  });
  return [`${FORM_LABEL}: ${FORM_TITLES[kind]}`, ...lines, ''].join('\n');
}

/** True where a text has the line that begins a form. */
export function isTextForm(text: string): boolean {
  return linesOf(text).some(({ label }) => isFormLabel(label));
}

/**
 * Reads `Label: value` lines. What stands before the line `Form:` and after the last field (a greeting, a signature) is passed over;
 * between them every label is one of the form's, so that no line that somebody filled in is lost.
 */
export function readTextForm(text: string): ReadForm {
  const all = linesOf(text);
  const begin = all.findIndex(({ label }) => isFormLabel(label));
  const title = all[begin]?.value ?? '';
  const kind = kindOf(title);
  if (!kind) return { ok: false, why: notAForm(title) };
  const fields = new Map(FORM_FIELDS[kind].map((field) => [lettersOf(field.label), field]));
  const isField = ({ label }: Line): boolean => fields.has(lettersOf(label));
  const lines = all.slice(begin + 1, all.findLastIndex(isField) + 1);
  const values = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const { label, value, number } of lines) {
    const field = fields.get(lettersOf(label));
    if (!field) {
      mistakes.push({ field: `line ${number}`, words: `the form has no field "${clip(label)}"` });
      continue;
    }
    const read = readValue(field, value);
    if (read === undefined) continue;
    if (values.has(field.label))
      mistakes.push({ field: field.label, words: `is there twice, again in line ${number}` });
    values.set(field.label, read);
  }
  return { ok: true, form: { kind, values }, mistakes };
}

function isFormLabel(label: string): boolean {
  return lettersOf(label) === lettersOf(FORM_LABEL);
}

// People write "Phone no. (primary)" and "phone no (Primary)".
function lettersOf(label: string): string {
  return label.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The kind that a title, or a short word for it, means. */
export function kindOf(title: string): FormKind | undefined {
  const plain = (words: string): string =>
    words
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, ' ')
      .trim();
  return FORM_KINDS.find((kind) => plain(FORM_TITLES[kind]) === plain(title) || plain(kind) === plain(title));
}

export function notAForm(title: string): string {
  const titles = FORM_KINDS.map((kind) => `"${FORM_TITLES[kind]}"`).join(' or ');
  return title === ''
    ? `it does not say which form it is: ${titles}`
    : `"${clip(title)}" is no form; there are ${titles}`;
}

/** A value as a form keeps it; undefined where nothing was filled in. */
export function readValue({ type }: Pick<FormField, 'type'>, text: string): string | undefined {
  const value = text.trim();
  if (value === '') return undefined;
  if (type !== 'tick') return value;
  if (/^(yes|y|x|true|on|ticked|\[x\])$/i.test(value)) return TICKED;
  return /^(no|n|false|off|\[ ?\])$/i.test(value) ? undefined : value;
}

/** What a stranger wrote, short enough for an answer. */
export function clip(text: string): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

interface Line {
  readonly label: string;
  readonly value: string;
  readonly number: number;
}

const LINE = /^[>\s]*([^:]{1,80}?)\s*:(.*)$/;

function linesOf(text: string): readonly Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, i) => {
    const [, label, value] = LINE.exec(line) ?? [];
    return label === undefined || value === undefined ? [] : [{ label, value: value.trim(), number: i + 1 }];
  });
}
