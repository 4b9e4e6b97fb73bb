import { readFile, writeFile } from 'node:fs/promises';
import type { Environment } from '../config.ts';
import { SCENARIOS_DIR } from '../config.ts';
import { readFormFile } from '../mail/find-form.ts';
import { checkForm, membershipOf } from '../mail/forms/check-form.ts';
import {
  FORM_FIELDS,
  FORM_KINDS,
  FORM_TITLES,
  LABELS,
  TICKED,
  USER_BLOCKS,
  userLabel,
  type FilledForm,
  type FormKind,
} from '../mail/forms/fields.ts';
import { kindOf, readValue, writeTextForm, type ReadForm } from '../mail/forms/text-form.ts';
import { writePdfForm } from '../mail/forms/write-pdf-form.ts';
import { DESK_ADDRESS } from '../mail/outbox.ts';
import { parseUserId } from '../clearing/user.ts';
import { loadScenario } from '../scenario/load.ts';
import { scenarioInvalid } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Ready } from '../ready.ts';
import { SimError } from '../sim-error.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';

/** The flags of `forms`, as they were typed. */
export interface FormFlags {
  readonly out?: string;
  readonly scenario?: string;
  readonly participant?: string;
  readonly user?: readonly string[];
  readonly set?: readonly string[];
  readonly unsigned?: boolean;
  readonly json?: boolean;
}

const DEFAULT_DAY = 'verification-day';

/** `dcass-sim forms blank`: a form to fill in by hand. */
export async function blankForm(kind: string, { out }: FormFlags, output: Output): Promise<void> {
  await writeForm({ kind: toKind(kind), values: new Map() }, out, output);
}

/** `dcass-sim forms fill`: a form with what the scenario knows of the participant. */
export async function fillForm(text: string, flags: FormFlags, output: Output): Promise<void> {
  const kind = toKind(text);
  const scenario = await dayOf(flags.scenario);
  const values = new Map([
    ...ownValues(scenario, flags.participant),
    ...(kind === 'password-reset' ? userValues(flags.user ?? []) : [[LABELS.completed, TICKED] as const]),
    ...(flags.unsigned ? [] : [[LABELS.signed, TICKED] as const]),
    ...(kind === 'confirmation' ? [[LABELS.date, scenario.date as string] as const] : []),
  ]);
  for (const [label, value] of (flags.set ?? []).map((each) => toSetting(kind, each))) {
    if (value === undefined) values.delete(label);
    else values.set(label, value);
  }
  await writeForm({ kind, values }, flags.out, output);
}

/** `dcass-sim forms check`: what HKEX's desk would say. @returns 1 where something is wrong */
export async function checkFormFile(file: string, flags: FormFlags, output: Output): Promise<number> {
  const read = await readFormFile(await readBytes(file));
  const { world } = await dayOf(flags.scenario);
  const port = {
    participants: () => world.participants,
    usersOf: (code: string) => world.participants.find((each) => each.code === code)?.users ?? [],
  };
  const mistakes = read.ok
    ? [...read.mistakes, ...checkForm(read.form, port).mistakes]
    : [{ field: 'Form', words: read.why }];
  if (flags.json) output.data(JSON.stringify({ form: read.ok ? read.form.kind : null, mistakes }));
  else if (mistakes.length === 0 && read.ok) output.data(`${file}: a good "${FORM_TITLES[read.form.kind]}"`);
  else output.data([`${file}:`, ...mistakes.map(({ field, words }, i) => `${i + 1}. ${field}: ${words}`)].join('\n'));
  return mistakes.length === 0 ? 0 : 1;
}

/** `dcass-sim forms send`: mails a form to HKEX's desk in a running simulator. @returns 1 where the mailbox does not take it */
export async function sendForm(
  file: string,
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<number> {
  const bytes = await readBytes(file);
  const control = await findControl(flags, environment);
  const { mail } = (await callControl(control, 'GET', '/v1/ready')) as Ready;
  const from = typeof flags['from'] === 'string' ? flags['from'] : senderOf(await readFormFile(bytes), file);
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ host: mail.address, port: mail.port, secure: false, ignoreTLS: true });
  const before = await mailsWritten(control);
  try {
    await transport.sendMail({
      from,
      to: DESK_ADDRESS,
      subject: typeof flags['subject'] === 'string' ? flags['subject'] : (/[^/\\]+$/.exec(file)?.[0] ?? file),
      text: 'The form is attached.',
      attachments: [{ filename: /[^/\\]+$/.exec(file)?.[0] ?? 'form', content: Buffer.from(bytes) }],
    });
  } catch (error) {
    output.talk(`dcass-sim: the mailbox did not take it: ${(error as Error).message}`);
    return 1;
  } finally {
    transport.close();
  }
  const answers = (await mailsWritten(control)).slice(before.length);
  output.talk(`${file} was sent to ${DESK_ADDRESS} from ${from}.`);
  for (const { number, subject, text } of answers) output.data(`Answer ${number}: ${subject}\n\n${text}`);
  if (answers.length === 0) output.talk('No answer yet; dcass-sim mail tells when there is one.');
  return 0;
}

interface WrittenMail {
  readonly number: number;
  readonly subject: string;
  readonly text: string;
}

async function mailsWritten(control: Parameters<typeof callControl>[0]): Promise<readonly WrittenMail[]> {
  return ((await callControl(control, 'GET', '/v1/mail')) as { readonly mails: readonly WrittenMail[] }).mails;
}

function senderOf(read: ReadForm, file: string): string {
  const found = read.ok ? read.form.values.get(LABELS.email) : undefined;
  if (found !== undefined) return found;
  throw new SimError('SIM_OPTION_INVALID', `${file} has no "${LABELS.email}"; say who sends it with --from`);
}

async function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new SimError('SIM_OPTION_INVALID', `${file} cannot be read (${error.code})`);
  });
}

async function writeForm(form: FilledForm, out: string | undefined, output: Output): Promise<void> {
  if (out === undefined) {
    output.data(writeTextForm(form).trimEnd());
    return;
  }
  const bytes = /\.pdf$/i.test(out) ? await writePdfForm(form) : writeTextForm(form);
  await writeFile(out, bytes).catch((error: NodeJS.ErrnoException) => {
    throw new SimError('SIM_OPTION_INVALID', `${out} cannot be written (${error.code})`);
  });
  output.data(out);
}

async function dayOf(which = DEFAULT_DAY): Promise<Scenario> {
  const loaded = await loadScenario(which, { scenariosDir: SCENARIOS_DIR });
  if (!loaded.ok) throw scenarioInvalid(loaded.problems);
  return loaded.scenario;
}

function ownValues(
  { world, correspondence, id }: Scenario,
  code: string | undefined,
): readonly (readonly [string, string])[] {
  const codes = world.participants.map((each) => each.code as string);
  const own = world.participants.find((each) => each.code === (code ?? codes[0]));
  if (!own) throw new SimError('SIM_OPTION_INVALID', `--participant ${code} is none of ${id}: ${codes.join(', ')}`);
  const [contact] = correspondence.contacts.get(own.code) ?? [];
  return [
    [LABELS.name, own.name],
    [LABELS.membership, membershipOf(own.clearingHouses)],
    [LABELS.code, own.code],
    [LABELS.contact, contact?.name ?? 'Designated contact'],
    [LABELS.phone, contact?.phone || '2345 6789'],
    [LABELS.email, contact?.email ?? `contact@${own.code.toLowerCase()}.example`],
    [LABELS.signatories, contact?.name ?? 'Designated contact'],
  ];
}

/** Each user in the next free place of its kind. */
function userValues(users: readonly string[]): readonly (readonly [string, string])[] {
  const filled = new Map<string, number>();
  return users.flatMap((id) => {
    const kind = parseUserId(id)?.kind;
    const block = USER_BLOCKS.find((each) => each.kind === kind);
    if (!block)
      throw new SimError(
        'SIM_OPTION_INVALID',
        `--user ${id} is no user id; write BU_CABC101, BO_CABC801 or BU_CABC201`,
      );
    const number = (filled.get(block.tick) ?? 0) + 1;
    if (number > block.count) {
      throw new SimError(
        'SIM_OPTION_INVALID',
        `--user ${id}: a form has ${block.count} places for a ${block.tick}; send another form`,
      );
    }
    filled.set(block.tick, number);
    return [[block.tick, TICKED] as const, [userLabel(block.tick, number), id] as const];
  });
}

function toSetting(kind: FormKind, text: string): readonly [string, string | undefined] {
  const [, label = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const labels = FORM_FIELDS[kind].map((each) => each.label);
  const field = FORM_FIELDS[kind].find((each) => each.label.toLowerCase() === label.trim().toLowerCase());
  if (!field)
    throw new SimError(
      'SIM_OPTION_INVALID',
      `--set "${text}": write "Label=value"; the labels are ${labels.join(', ')}`,
    );
  return [field.label, readValue(field, value)];
}

function toKind(text: string): FormKind {
  const kind = kindOf(text) ?? (text === 'reset' ? 'password-reset' : undefined);
  if (kind) return kind;
  throw new SimError(
    'SIM_OPTION_INVALID',
    `there is no form "${text}"; write reset or ${FORM_KINDS.slice(1).join(', ')}`,
  );
}
