import { clip, isTextForm, readTextForm, type ReadForm } from './forms/text-form.ts';
import type { Attachment, ReceivedMail } from './received-mail.ts';

/** Reads the one form of a mail: an attached PDF or text file, or the mail's own text. */
export async function findForm({ text, attachments }: Pick<ReceivedMail, 'text' | 'attachments'>): Promise<ReadForm> {
  const files = attachments.filter((each) => isPdf(each) || isText(each));
  const [first, second] = files;
  if (first && second) return { ok: false, why: `${files.length} forms are attached; send one form in a mail` };
  if (first) return readFormFile(first.bytes);
  if (isTextForm(text)) return readTextForm(text);
  if (attachments.length === 0)
    return { ok: false, why: 'there is no form in the mail: attach it as a PDF, or write its lines as text' };
  const names = attachments.map(({ name, type }) => `${clip(name)} (${clip(type)})`).join(', ');
  return { ok: false, why: `there is no form in the mail: it has ${names}, and a form is a PDF with fields, or text` };
}

/** Reads a form from a file's bytes, whatever its name says. */
export async function readFormFile(bytes: Uint8Array): Promise<ReadForm> {
  if (!isPdfBytes(bytes)) return readTextForm(Buffer.from(bytes).toString('utf8'));
  const { readPdfForm } = await import('./forms/read-pdf-form.ts');
  return readPdfForm(bytes);
}

function isPdf({ name, type, bytes }: Attachment): boolean {
  return isPdfBytes(bytes) || type === 'application/pdf' || /\.pdf$/i.test(name);
}

// A logo or a signature that a mail program adds is no form, and neither is a text without its first line.
function isText({ name, type, bytes }: Attachment): boolean {
  return (type === 'text/plain' || /\.txt$/i.test(name)) && isTextForm(Buffer.from(bytes).toString('utf8'));
}

function isPdfBytes(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}
