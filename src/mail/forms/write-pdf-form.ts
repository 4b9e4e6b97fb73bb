import type { PDFFont, PDFForm, PDFPage } from 'pdf-lib';
import { toDate } from '../../host/to-date.ts';
import { SimError } from '../../sim-error.ts';
import {
  FORM_FIELDS,
  FORM_LABEL,
  FORM_TITLES,
  TICKED,
  type FilledForm,
  type FormField,
  type FormKind,
} from './fields.ts';
import type { Instant } from '../../time/instant.ts';

const A4 = { width: 595, height: 842 } as const;
const LEFT = 50;
const VALUE_LEFT = 250;
const ROW = 24;
/** Midnight in Hong Kong on 5 May 2019: the same bytes whenever a form is made. */
const MADE = toDate(1_556_985_600_000 as Instant);

/** What HKEX's form says to whoever fills it in, in our words. */
const NOTES: Readonly<Record<FormKind, readonly string[]>> = {
  'password-reset': [
    'Resets passwords during the Post-Release Verification Session only: 9:00 to 12:00 on Sunday, 5 May 2019.',
    'The passwords that are set are carried forward to production on Monday, 6 May 2019.',
  ],
  confirmation: ['To be handed in at or before 12:30 on Sunday, 5 May 2019.'],
};

/**
 * A form as a PDF that any reader can fill in and sign: the fields of the appendix, in a layout of our own.
 * @throws SimError SIM_FORM_INVALID for a text that the fonts of every PDF reader do not have
 */
export async function writePdfForm({ kind, values }: FilledForm): Promise<Uint8Array> {
  // It takes 200 ms to load, and most days see no form.
  const { PDFDocument, StandardFonts } = await import('pdf-lib');
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(FORM_TITLES[kind]);
  document.setProducer('dcass-sim');
  document.setCreator('dcass-sim');
  document.setCreationDate(MADE);
  document.setModificationDate(MADE);
  const page = document.addPage([A4.width, A4.height]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  const form = document.getForm();

  let y = A4.height - 30;
  const say = (text: string, size: number, face: PDFFont = font): void => {
    y -= size + 6;
    page.drawText(text, { x: LEFT, y, size, font: face });
  };
  say('dcass-sim: a simulation. Not a form of HKEX.', 9);
  say(FORM_TITLES[kind], 14, bold);
  say('To: clearingpsd@hkex.com.hk', 10);
  for (const note of NOTES[kind]) say(note, 9);
  y -= 20;
  const title = form.createTextField(FORM_LABEL);
  title.setText(FORM_TITLES[kind]);
  title.enableReadOnly();
  title.addToPage(page, { x: LEFT, y: y - 2, width: A4.width - 2 * LEFT, height: 16, borderWidth: 0, font });
  y -= ROW;
  for (const field of FORM_FIELDS[kind]) {
    page.drawText(`${field.label}${field.required ? ' *' : ''}`, { x: LEFT, y: y + 4, size: 10, font });
    addField(form, page, field, values.get(field.label), y, font);
    y -= ROW;
  }
  say('* needed', 9);
  return document.save({ useObjectStreams: false });
}

function addField(
  form: PDFForm,
  page: PDFPage,
  { label, type, choices = [] }: FormField,
  value: string | undefined,
  y: number,
  font: PDFFont,
): void {
  const place = { x: VALUE_LEFT, y: y - 2, width: A4.width - LEFT - VALUE_LEFT, height: 18, borderWidth: 0.5 };
  if (type === 'tick') {
    const box = form.createCheckBox(label);
    box.addToPage(page, { ...place, width: 14, height: 14 });
    if (value === TICKED) box.check();
    return;
  }
  if (type === 'choice') {
    const list = form.createDropdown(label);
    list.addOptions([...choices]);
    list.addToPage(page, { ...place, font });
    if (value !== undefined) list.select(choices.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value);
    return;
  }
  const line = form.createTextField(label);
  try {
    if (value !== undefined) line.setText(value);
    line.addToPage(page, { ...place, font });
    line.updateAppearances(font);
  } catch (error) {
    throw new SimError(
      'SIM_FORM_INVALID',
      `${label}: "${value}" has characters that a PDF form cannot show here; write the form as text (--out form.txt)`,
      { cause: error },
    );
  }
}
