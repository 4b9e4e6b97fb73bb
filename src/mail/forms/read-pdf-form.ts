import { inflateSync } from 'node:zlib';
import type * as PdfLib from 'pdf-lib';
import { FORM_FIELDS, FORM_LABEL, type FormField } from './fields.ts';
import { clip, kindOf, notAForm, readValue, type ReadForm } from './text-form.ts';

/** A form is some ten KiB; what a scanner makes of it is larger, and has no fields. */
export const PDF_BYTES_MAX = 1_048_576;
/** What may be packed in a PDF, unpacked. */
const UNPACKED_BYTES_MAX = 16 * 1_048_576;
/** Where readers look for the last line. */
const TAIL = 1_024;
const FIELDS_MAX = 1_000;
const DEPTH_MAX = 8;

/**
 * Reads the form fields of a PDF, whoever filled them in. Nothing else of it is looked at: no script runs, no attachment is opened.
 * Whatever the bytes are, the answer is a form or words; it never throws and takes bounded time.
 */
export async function readPdfForm(bytes: Uint8Array): Promise<ReadForm> {
  const bad = unfit(bytes);
  if (bad !== undefined) return { ok: false, why: bad };
  const library = await import('pdf-lib');
  let found: ReadonlyMap<string, string>;
  try {
    const document = await library.PDFDocument.load(bytes, {
      updateMetadata: false,
      capNumbers: true,
      // What is broken would be left out with a warning, and with it what somebody filled in.
      throwOnInvalidObject: true,
    });
    found = fieldsOf(document.context, library);
  } catch {
    return { ok: false, why: 'the file says it is a PDF, but cannot be read as one' };
  }
  if (found.size === 0)
    return { ok: false, why: 'the PDF has no form fields; a printed or scanned form cannot be read here' };
  const title = found.get(FORM_LABEL) ?? '';
  const kind = kindOf(title);
  if (!kind) return { ok: false, why: notAForm(clip(title)) };
  const values = new Map<string, string>();
  for (const field of FORM_FIELDS[kind]) {
    const value = readValue(field, toText(field, found.get(field.label) ?? ''));
    if (value !== undefined) values.set(field.label, value);
  }
  return { ok: true, form: { kind, values }, mistakes: [] };
}

/** The states of a check box are names: `/Off`, and another of the maker's choice for a tick. */
function toText({ type }: FormField, value: string): string {
  return type === 'tick' && value !== '' && value !== 'Off' ? 'yes' : type === 'tick' ? '' : value;
}

/** What can be told before a reader sees the file; what it would have to unpack is measured here. */
function unfit(bytes: Uint8Array): string | undefined {
  if (bytes.length > PDF_BYTES_MAX) return `the PDF has ${bytes.length} bytes; a form has ${PDF_BYTES_MAX} at most`;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  const names = text.replaceAll(/#([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (/\/(LZWDecode|RunLengthDecode)\b/.test(names))
    return 'the PDF is packed in a way of old that is not read here; save it again as a new one';
  if (/\/Encrypt\b/.test(names)) return 'the PDF is encrypted; send it without a password';
  // A reader mends what it can, and the fields of the lost half would be missing without a word.
  if (!text.slice(-TAIL).includes('%%EOF')) return 'the PDF is not whole: its end is missing';
  let left = UNPACKED_BYTES_MAX;
  for (const { index } of text.matchAll(/\bstream\r?\n/g)) {
    const begin = index + (text[index + 6] === '\r' ? 8 : 7);
    left -= unpackedBytes(file.subarray(begin), left);
    if (left <= 0) return `the PDF unpacks to more than ${UNPACKED_BYTES_MAX} bytes; a form does not`;
  }
  return undefined;
}

// What is packed twice is counted twice. Infinity stands for more than `most`.
function unpackedBytes(packed: Uint8Array, most: number): number {
  // The first byte of every zlib stream that is in use.
  if (packed[0] !== 0x78) return 0;
  try {
    const unpacked = inflateSync(packed, { maxOutputLength: Math.max(most, 1) });
    return unpacked.length + unpackedBytes(unpacked, most - unpacked.length);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? Number.POSITIVE_INFINITY : 0;
  }
}

/** The value of each field, by its whole name. A field that is its own ancestor ends at the depth that no form has. */
function fieldsOf(context: PdfLib.PDFContext, library: typeof PdfLib): ReadonlyMap<string, string> {
  const { PDFArray, PDFDict, PDFHexString, PDFName, PDFString } = library;
  const name = (text: string): ReturnType<typeof PDFName.of> => PDFName.of(text);
  const text = (object: PdfLib.PDFObject | undefined): string | undefined => {
    if (object instanceof PDFString || object instanceof PDFHexString) return object.decodeText();
    return object instanceof PDFName ? object.decodeText() : undefined;
  };
  const values = new Map<string, string>();
  let visited = 0;
  const visit = (field: PdfLib.PDFDict, parents: string, depth: number): void => {
    visited += 1;
    if (depth > DEPTH_MAX || visited > FIELDS_MAX) return;
    const own = text(field.lookup(name('T')));
    const whole = own === undefined ? parents : parents === '' ? own : `${parents}.${own}`;
    const value = text(field.lookup(name('V')));
    if (whole !== '' && value !== undefined && !values.has(whole)) values.set(whole, value);
    each(field.lookup(name('Kids')), (kid) => visit(kid, whole, depth + 1));
  };
  const each = (list: PdfLib.PDFObject | undefined, take: (item: PdfLib.PDFDict) => void): void => {
    if (!(list instanceof PDFArray)) return;
    for (let i = 0; i < Math.min(list.size(), FIELDS_MAX); i += 1) {
      const item = list.lookup(i);
      if (item instanceof PDFDict) take(item);
    }
  };
  const catalogue = context.lookup(context.trailerInfo.Root);
  const form = catalogue instanceof PDFDict ? catalogue.lookup(name('AcroForm')) : undefined;
  if (form instanceof PDFDict) each(form.lookup(name('Fields')), (field) => visit(field, '', 0));
  return values;
}
