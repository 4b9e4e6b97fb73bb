import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { LABELS, type FilledForm } from '../../src/mail/forms/fields.ts';
import { writeTextForm } from '../../src/mail/forms/text-form.ts';
import { writePdfForm } from '../../src/mail/forms/write-pdf-form.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { curlMail, DESK, swaks } from './by-client.ts';

const CHAN = 'chan@abc.example';
const NEW_PASSWORD = 'Springtime#102';

const WORLD = {
  participants: ['CABC', 'CXYZ'].map((code) => ({
    code,
    name: `${code} Clearing Limited`,
    clearingHouses: ['HKCC', 'SEOCH'],
    ...(code === 'CABC' ? { contacts: [{ name: 'Chan Tai Man', phone: '2345 6789', email: CHAN }] } : {}),
    accounts: [{ id: 'HOUSE', type: 'house' }],
  })),
};

async function day(at: string, mail: object = {}): Promise<Simulator> {
  using file = scenarioFile(smallDay({ ...WORLD, mail }));
  return await simulator({ scenario: file.path, at });
}

const HEAD = [
  [LABELS.name, 'CABC Clearing Limited'],
  [LABELS.membership, 'Both'],
  [LABELS.code, 'CABC'],
  [LABELS.contact, 'Chan Tai Man'],
  [LABELS.phone, '2345 6789'],
  [LABELS.email, CHAN],
  [LABELS.signatories, 'Chan Tai Man'],
  [LABELS.signed, 'yes'],
] as const;

function resetForm(changes: Readonly<Record<string, string | undefined>> = {}): FilledForm {
  const users = [
    ['DCASS Online User', 'yes'],
    ['DCASS Online User (1)', 'BU_CABC102'],
  ] as const;
  const values = new Map<string, string | undefined>([...HEAD, ...users, ...Object.entries(changes)]);
  return { kind: 'password-reset', values: new Map([...values].filter(([, value]) => value !== undefined)) as never };
}

function confirmation(code: string): FilledForm {
  const values = new Map<string, string>([...HEAD, [LABELS.completed, 'yes'], [LABELS.date, '2019-05-05']]);
  return { kind: 'confirmation', values: values.set(LABELS.code, code).set(LABELS.name, `${code} Clearing Limited`) };
}

async function pdf(form: FilledForm): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  return { name: 'form.pdf', bytes: await writePdfForm(form) };
}

test('a reset form that swaks sends as a PDF at 9:40 lets the user in after the configured time', async () => {
  await using sim = await day('09:40', { resetTakes: '20m' });
  expect(await swaks(sim, { from: CHAN, file: await pdf(resetForm()) })).toMatchObject({ code: 0 });
  expect(sim.mails()).toEqual([]);
  await sim.clock.advanceTo('09:59:59');
  using curl = curlAt(sim);
  await curl.login('BU_CABC102', SMALL_DAY_PASSWORD);
  expect(sim.journal.entries({ kind: 'online.login', outcome: 'ok' })).toHaveLength(1);
  await sim.clock.advanceTo('10:00');
  const [answer] = sim.mails();
  expect(answer).toMatchObject({ to: [CHAN], participant: 'CABC', subject: 'Passwords of CABC are reset' });
  const password = /^BU_CABC102: (.*)$/m.exec(answer?.text ?? '')?.[1] ?? '';
  await curl.login('BU_CABC102', SMALL_DAY_PASSWORD);
  await curl.login('BU_CABC102', password);
  expect(sim.journal.entries({ kind: 'online.login' }).map(({ outcome, restricted }) => [outcome, restricted])).toEqual(
    [
      ['ok', undefined],
      ['refused', undefined],
      ['ok', 'reset'],
    ],
  );
  // The user is in: once the temporary password is changed, pages are there again.
  const csrf = /name="csrf" value="([^"]+)"/.exec(await curl.get('/password'))?.[1] ?? '';
  const typed = { csrf, currentPassword: password, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
  const form = Object.entries(typed).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
  await curl.get('/password', ...form);
  expect(await curl.get('/positions')).toContain('BU_CABC102');
  expect(JSON.stringify(sim.journal.entries())).not.toContain(password);
  expect(JSON.stringify(sim.journal.entries())).not.toContain(NEW_PASSWORD);
});

test('a form with three mistakes gets one mail with three, and nothing is done', async () => {
  await using sim = await day('09:40');
  const form = resetForm({
    'DCASS Online User (2)': 'BO_CABC801',
    [LABELS.signed]: undefined,
    [LABELS.membership]: 'HKCC',
  });
  expect(await swaks(sim, { from: CHAN, file: await pdf(form) })).toMatchObject({ code: 0 });
  await sim.clock.advanceTo('11:00');
  expect(sim.mails()).toHaveLength(1);
  expect(sim.mails()[0]).toMatchObject({ to: [CHAN], subject: 'Not accepted: a form' });
  expect(sim.mails()[0]?.text.match(/^\d\. .*$/gm)).toEqual([
    '1. Signed: is not ticked',
    '2. Participant of: CABC is a participant of both HKCC and SEOCH, not of HKCC',
    '3. DCASS Online User (2): BO_CABC801 is a DCASS OAPI user; here belongs a DCASS Online user (BU_Cxxx101)',
  ]);
  expect(sim.journal.entries({ kind: 'clearing.password-set' })).toEqual([]);
});

const MISTAKES: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string])[] = [
  [
    'an unknown participant',
    { [LABELS.code]: 'CZZZ' },
    'DCASS Customer Code: "CZZZ" is not the customer code of a clearing participant',
  ],
  [
    'another name',
    { [LABELS.name]: 'XYZ Limited' },
    'Participant Full Name: CABC is "CABC Clearing Limited", not "XYZ Limited"',
  ],
  ['no such choice', { [LABELS.membership]: 'HKEX' }, 'Participant of: "HKEX" is none of HKCC, SEOCH, Both'],
  [
    'no e-mail address',
    { [LABELS.email]: 'chan at abc' },
    'E-mail Address (Primary): "chan at abc" is no e-mail address',
  ],
  ['no phone number', { [LABELS.otherPhone]: 'none' }, 'Phone No. (Alternate): "none" is no phone number'],
  ['an empty field', { [LABELS.contact]: undefined }, 'Contact Person (Primary): is not filled in'],
  [
    'another participant’s user',
    { 'DCASS Online User (1)': 'BU_CXYZ101' },
    'DCASS Online User (1): BU_CXYZ101 is not a user of CABC',
  ],
  [
    'a user that is not there',
    { 'DCASS Online User (1)': 'BU_CABC199' },
    'DCASS Online User (1): CABC has no user BU_CABC199',
  ],
  [
    'no user id',
    { 'DCASS Online User (1)': 'Chan' },
    'DCASS Online User (1): "Chan" is no user id; a DCASS Online user is BU_Cxxx101',
  ],
  ['a user twice', { 'DCASS Online User (2)': 'BU_CABC102' }, 'DCASS Online User (2): BU_CABC102 is there twice'],
  [
    'a user without the tick',
    { 'DCASS Online User': undefined },
    'DCASS Online User: users are filled in, but the box before them is not ticked',
  ],
  [
    'a tick without a user',
    { 'DCASS OAPI User': 'yes' },
    'DCASS OAPI User: the box is ticked, but no user is filled in',
  ],
  [
    'no user at all',
    { 'DCASS Online User': undefined, 'DCASS Online User (1)': undefined },
    'User IDs: no user is named; a form without one asks for nothing',
  ],
];

test.for(MISTAKES)('a form with %s says so', async ([, changes, mistake]) => {
  await using sim = await day('09:40');
  await curlMail(sim, CHAN, `Subject: form\n\n${writeTextForm(resetForm(changes))}`);
  expect(sim.mails()[0]?.text.match(/^\d\. .*$/gm)).toEqual([`1. ${mistake}`]);
});

test('a form is taken from a designated contact only, where the participant has one', async () => {
  await using sim = await day('09:40');
  await swaks(sim, { from: 'mallory@abc.example', file: await pdf(resetForm()) });
  expect(sim.mails()[0]).toMatchObject({ to: ['mallory@abc.example'] });
  expect(sim.mails()[0]?.participant).toBeUndefined();
  expect(sim.mails()[0]?.text).toContain('1. Sender: mallory@abc.example is not a designated contact of CABC');
  await swaks(sim, { from: 'anyone@xyz.example', file: await pdf(confirmation('CXYZ')) });
  expect(sim.journal.entries({ kind: 'form.accepted' })).toMatchObject([{ form: 'confirmation', participant: 'CXYZ' }]);
});

test('with senders: anyone, a form is taken from anyone', async () => {
  await using sim = await day('09:40', { senders: 'anyone' });
  await swaks(sim, { from: 'mallory@abc.example', file: await pdf(confirmation('CABC')) });
  expect(sim.journal.entries({ kind: 'form.accepted' })).toHaveLength(1);
});

test('passwords are reset in the verification session only, unless the day says otherwise', async () => {
  await using early = await day('08:50');
  await swaks(early, { from: CHAN, file: await pdf(resetForm()) });
  expect(early.mails()[0]?.text).toContain('during the Post-Release Verification Session only');
  await using always = await day('08:50', { resets: 'always', resetTakes: '0s' });
  await swaks(always, { from: CHAN, file: await pdf(resetForm()) });
  expect(always.mails()[0]).toMatchObject({ subject: 'Passwords of CABC are reset' });
});

test('a confirmation at 12:30 is in time and a second later late, whichever program sends it', async () => {
  await using sim = await day('12:30');
  const { address, port } = sim.endpoints.mail;
  const nodemailer = createTransport({ host: address, port, secure: false, ignoreTLS: true });
  const attachments = [{ filename: 'form.txt', content: writeTextForm(confirmation('CABC')) }];
  await nodemailer.sendMail({
    from: `"Chan" <${CHAN}>`,
    to: DESK,
    subject: 'Confirmation',
    text: 'Attached.',
    attachments,
  });
  nodemailer.close();
  await sim.clock.advanceBy('1s');
  await curlMail(sim, 'x@xyz.example', `From: x@xyz.example\nSubject: form\n\n${writeTextForm(confirmation('CXYZ'))}`);
  expect(sim.journal.entries({ kind: 'control.confirmation-received' })).toMatchObject([
    { participant: 'CABC', late: false, via: 'mail' },
    { participant: 'CXYZ', late: true, via: 'mail' },
  ]);
  expect(sim.mails().map(({ subject }) => subject)).toEqual([
    'Confirmation of CABC received',
    'Confirmation of CXYZ received, late',
  ]);
});

test('a mail to somebody else is refused, and relayed nowhere', async () => {
  await using sim = await day('09:40');
  const said = await swaks(sim, { from: CHAN, to: 'somebody@example.com' });
  expect(said.code).not.toBe(0);
  expect(said.text).toContain('550 <somebody@example.com> is not here; forms go to <clearingpsd@hkex.com.hk>');
  expect(sim.journal.entries({ kind: 'mail.refused' })).toMatchObject([
    { code: 'unknown-recipient', to: 'somebody@example.com' },
  ]);
});

const NO_FORM: readonly (readonly [string, string, string])[] = [
  ['an empty mail', 'Subject: x\n\n', 'there is no form in the mail: attach it as a PDF, or write its lines as text'],
  [
    'a mail with an archive',
    'Subject: x\nMIME-Version: 1.0\nContent-Type: application/zip; name=form.zip\nContent-Disposition: attachment; filename=form.zip\nContent-Transfer-Encoding: base64\n\nUEsDBAo=\n',
    'it has form.zip (application/zip), and a form is a PDF with fields, or text',
  ],
  [
    'a mail with something that is called a PDF',
    'Subject: x\nMIME-Version: 1.0\nContent-Type: application/pdf; name=form.pdf\nContent-Disposition: attachment; filename=form.pdf\n\nMZ\n',
    'it does not say which form it is',
  ],
  ['a mail whose parts never end', `Subject: x\nMIME-Version: 1.0\n${nested(300)}`, 'there is no form in the mail'],
  ['a mail of nothing that is a mail', `${'\u00ff\u0001'.repeat(500)}`, 'there is no form in the mail'],
];

function nested(depth: number): string {
  return Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('');
}

test.for(NO_FORM)('%s gets one answer that says what a form is', async ([, message, answer]) => {
  await using sim = await day('09:40');
  expect((await curlMail(sim, CHAN, message)).code).toBe(0);
  expect(sim.mails()).toHaveLength(1);
  expect(sim.mails()[0]?.text).toContain(answer);
  expect(sim.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
});

test('two forms in a mail are two too many, and an answer of a machine gets none', async () => {
  await using sim = await day('09:40');
  const { address, port } = sim.endpoints.mail;
  const nodemailer = createTransport({ host: address, port, secure: false, ignoreTLS: true });
  const form = { content: writeTextForm(confirmation('CABC')) };
  const attachments = ['a.txt', 'b.txt'].map((filename) => ({ filename, ...form }));
  await nodemailer.sendMail({ from: CHAN, to: DESK, subject: 'two', attachments });
  expect(sim.mails()[0]?.text).toContain('2 forms are attached; send one form in a mail');
  await nodemailer.sendMail({ envelope: { from: '', to: DESK }, raw: 'Subject: Undeliverable\r\n\r\nno' });
  nodemailer.close();
  expect(sim.mails()).toHaveLength(1);
  expect(sim.journal.entries({ kind: 'form.refused' })).toHaveLength(2);
});

test('a mail over the limit is refused with the limit', async () => {
  await using sim = await day('09:40', { maximumMiB: 1 });
  const said = await swaks(sim, { from: CHAN, file: { name: 'form.pdf', bytes: Buffer.alloc(900_000) } });
  expect(said.code).not.toBe(0);
  expect(said.text).toMatch(/552 /);
  expect(sim.mails()).toEqual([]);
});

test('HKEX’s notices go to every participant’s contacts, and each mail is a file that mail programs open', async () => {
  await using sim = await day('09:40');
  await sim.inject('mail.send', { subject: 'Postponed', text: 'The session begins at 10:00.' });
  expect(sim.mails()).toMatchObject([
    { number: 1, to: [CHAN], participant: 'CABC', subject: 'Postponed' },
    { number: 2, to: ['contact@cxyz.example'], participant: 'CXYZ' },
  ]);
  expect(sim.journal.entries({ kind: 'mail.sent' })).toHaveLength(2);
  const folder = join(dirname(sim.endpoints.files.users), 'mail', 'CABC');
  expect(readdirSync(folder)).toEqual(['001.eml']);
  const mail = await simpleParser(readFileSync(join(folder, '001.eml')));
  expect(mail).toMatchObject({
    subject: 'Postponed',
    text: 'The session begins at 10:00.\n',
    from: { value: [{ address: DESK }] },
  });
  expect(mail.date?.toISOString()).toBe('2019-05-05T01:40:00.000Z');
});

test('a fallback with a text is told by mail too', async () => {
  using file = scenarioFile(smallDay({ ...WORLD, platforms: { geniumInet: {} } }));
  await using sim = await simulator({ scenario: file.path, at: '09:40' });
  await sim.inject('platform.fallback', { text: 'Work on Genium INET.' });
  expect(sim.mails().map(({ participant, text }) => [participant, text])).toEqual([
    ['CABC', 'Work on Genium INET.'],
    ['CXYZ', 'Work on Genium INET.'],
  ]);
});
