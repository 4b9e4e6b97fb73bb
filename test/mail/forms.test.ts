import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { expect, onTestFinished, test } from 'vitest';
import { FORM_FIELDS, FORM_KINDS, LABELS, type FilledForm, type FormField } from '../../src/mail/forms/fields.ts';
import { PDF_BYTES_MAX, readPdfForm } from '../../src/mail/forms/read-pdf-form.ts';
import { readTextForm, writeTextForm } from '../../src/mail/forms/text-form.ts';
import { writePdfForm } from '../../src/mail/forms/write-pdf-form.ts';
import { readFormFile } from '../../src/mail/find-form.ts';
import { clientPath } from '../support/real-clients.ts';

const RESET: FilledForm = {
  kind: 'password-reset',
  values: new Map([
    [LABELS.name, 'ABC (Hong Kong) Limited'],
    [LABELS.code, 'CABC'],
    [LABELS.signed, 'yes'],
  ]),
};

/** What a person may type into a line, in characters that every PDF reader has. */
const typed = fc
  .string({ unit: fc.constantFrom(...'aZ09 :;.,@-_/()#éü&<>"\\%'), minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text !== '');

function valueOf({ type, choices = [] }: FormField): fc.Arbitrary<string> {
  return type === 'tick' ? fc.constant('yes') : type === 'choice' ? fc.constantFrom(...choices) : typed;
}

const filled: fc.Arbitrary<FilledForm> = fc.constantFrom(...FORM_KINDS).chain((kind) =>
  fc.tuple(...FORM_FIELDS[kind].map((field) => fc.option(valueOf(field), { nil: undefined }))).map((values) => ({
    kind,
    values: new Map(
      FORM_FIELDS[kind].flatMap(({ label }, i) => (values[i] === undefined ? [] : [[label, values[i]] as const])),
    ),
  })),
);

test('a form that is written as text is read as it was', () => {
  fc.assert(
    fc.property(filled, (form) => {
      expect(readTextForm(writeTextForm(form))).toEqual({ ok: true, form, mistakes: [] });
    }),
  );
});

test('a form that is written as a PDF is read as it was, and has the same bytes each time', async () => {
  await fc.assert(
    fc.asyncProperty(filled, async (form) => {
      const bytes = await writePdfForm(form);
      expect(await readPdfForm(bytes)).toEqual({ ok: true, form, mistakes: [] });
      expect(await writePdfForm(form)).toEqual(bytes);
    }),
    { numRuns: 20 },
  );
});

test('a text in other characters than a PDF has is refused for the PDF, with the way out', async () => {
  const form = { ...RESET, values: new Map([[LABELS.name, '期貨有限公司']]) };
  await expect(writePdfForm(form)).rejects.toThrow(/Participant Full Name.*write the form as text/);
  expect(readTextForm(writeTextForm(form))).toMatchObject({ ok: true, form });
});

test('labels are found whatever their case and dots, among a greeting and a signature', () => {
  const text = `Dear Sirs: please see below.

Form: password reset
> participant full name : ABC: Limited
phone no (primary): 2345 6789
Signed: x

Regards: Chan`;
  expect(readTextForm(text)).toMatchObject({
    ok: true,
    mistakes: [],
    form: {
      values: new Map([
        [LABELS.name, 'ABC: Limited'],
        [LABELS.phone, '2345 6789'],
        [LABELS.signed, 'yes'],
      ]),
    },
  });
});

test('no line that somebody filled in is lost: a label that is unknown or there twice is told', () => {
  const text = 'Form: password reset\nOAPI User One: BO_CABC801\nDCASS Customer Code: CABC\nDCASS Customer Code: CXYZ';
  expect(readTextForm(text)).toMatchObject({
    mistakes: [
      { field: 'line 2', words: 'the form has no field "OAPI User One"' },
      { field: 'DCASS Customer Code', words: 'is there twice, again in line 4' },
    ],
  });
});

test('a form that another PDF program has saved, packed, is read all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-pdf-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [plain, packed, locked] = ['plain.pdf', 'packed.pdf', 'locked.pdf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(plain, await writePdfForm(RESET));
  execFileSync(clientPath('qpdf'), ['--object-streams=generate', '--compress-streams=y', plain, packed]);
  expect(await readPdfForm(readFileSync(packed))).toEqual({ ok: true, form: RESET, mistakes: [] });
  execFileSync(clientPath('qpdf'), ['--encrypt', 'user', 'owner', '256', '--', plain, locked]);
  expect(await readPdfForm(readFileSync(locked))).toEqual({
    ok: false,
    why: 'the PDF is encrypted; send it without a password',
  });
});

async function withForm(change: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await PDFDocument.load(await writePdfForm(RESET));
  change(document);
  return document.save({ updateFieldAppearances: false });
}

const HOSTILE: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array, RegExp])[] = [
  ['nothing', () => new Uint8Array(), /does not say which form/],
  ['a PDF of one line', () => Buffer.from('%PDF-1.7\n'), /is not whole/],
  ['half a PDF', async () => (await writePdfForm(RESET)).slice(0, 9_000), /is not whole/],
  ['an end without a PDF', () => Buffer.from('%PDF-1.7\n%%EOF'), /cannot be read|no form fields/],
  ['a PDF without fields', async () => (await PDFDocument.create()).save(), /no form fields/],
  [
    'a PDF that is too large',
    () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(PDF_BYTES_MAX)]),
    /1048576 at most/,
  ],
  [
    'a PDF that unpacks without end',
    () =>
      Buffer.concat([
        Buffer.from('%PDF-1.7\n1 0 obj <</Filter/FlateDecode/Type/ObjStm>> stream\n'),
        deflateSync(Buffer.alloc(40_000_000)),
        Buffer.from('\nendstream endobj %%EOF'),
      ]),
    /unpacks to more than/,
  ],
  [
    'a PDF that is packed twice',
    () =>
      Buffer.concat([
        Buffer.from('%PDF-1.7\n1 0 obj <</Filter[/FlateDecode/FlateDecode]>> stream\r\n'),
        deflateSync(deflateSync(Buffer.alloc(40_000_000))),
        Buffer.from('\nendstream endobj %%EOF'),
      ]),
    /unpacks to more than/,
  ],
  [
    'a PDF that hides how it is packed',
    () => Buffer.from('%PDF-1.7\n1 0 obj <</Filter/L#5AWDecode>> stream\nxx\nendstream endobj'),
    /packed in a way of old/,
  ],
  [
    'another form',
    () => withForm((document) => document.getForm().getTextField('Form').setText('Order of lunch')),
    /"Order of lunch" is no form/,
  ],
];

test.for(HOSTILE)('%s is answered in words', async ([, make, why]) => {
  const read = await readFormFile(await make());
  expect(read.ok ? 'read' : read.why).toMatch(why);
});

test('a field that is its own child, and a script, are passed over', async () => {
  const bytes = await withForm((document) => {
    const field = document.getForm().getTextField(LABELS.code).acroField;
    field.dict.set(PDFName.of('Kids'), document.context.obj([field.ref]));
    document.addJavaScript('x', 'app.launchURL("http://example.invalid")');
    document.catalog.set(PDFName.of('OpenAction'), PDFString.of('x'));
  });
  expect(await readPdfForm(bytes)).toMatchObject({ ok: true, form: { kind: 'password-reset' } });
});

test('whatever the bytes of a file are, they are a form or words', async () => {
  const good = await writePdfForm(RESET);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ maxLength: 400 }).map((text) => Buffer.from(`Form: password reset\n${text}`)),
        fc.tuple(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([at, bytes]) => {
          const broken = Uint8Array.from(good);
          broken.set(bytes.slice(0, good.length - at), at);
          return broken;
        }),
      ),
      async (bytes) => {
        const read = await readFormFile(bytes);
        expect(read.ok ? 'form' : read.why).toMatch(/./);
      },
    ),
    { numRuns: 60 },
  );
});
