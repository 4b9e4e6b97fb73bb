/** A path inside the virtual tree, or why there is none. */
export type ReportPath =
  | { readonly ok: true; readonly segments: readonly string[] }
  | { readonly ok: false; readonly code: 'path-escape' | 'path-invalid' | 'path-too-long' };

const PATH_LENGTH_MAX = 4_096;

/**
 * Reads a client's path. The tree is virtual: no path ever reaches the file system of this machine. Relative
 * paths start at the root, `.` and empty segments vanish, `..` goes up.
 *
 * A real server answers `..` at the root with the root again; here it is refused, so that a program's mistake
 * is seen in the journal.
 */
export function parseReportPath(text: string): ReportPath {
  if (text.length > PATH_LENGTH_MAX) return { ok: false, code: 'path-too-long' };
  // Some programs send Windows paths. A backslash is part of a name here, yet `..\..` shows what was meant.
  if (text.includes('\\') && resolve(text.split(/[/\\]/)) === undefined) return { ok: false, code: 'path-escape' };
  const segments = resolve(text.split('/'));
  if (segments === undefined) return { ok: false, code: 'path-escape' };
  // U+FFFD is what invalid UTF-8 has become by now.
  if (/[\u0000-\u001f\u007f\ufffd]/.test(text)) return { ok: false, code: 'path-invalid' };
  return { ok: true, segments };
}

/** The absolute form: `/INBOX/20190506`. */
export function toPathText(segments: readonly string[]): string {
  return `/${segments.join('/')}`;
}

/** A client's text made fit for the journal: bounded, and without characters that would play with a terminal. */
export function toPlainText(text: string, lengthMax: number): string {
  const plain = text.slice(0, lengthMax).replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return text.length > lengthMax ? `${plain}…` : plain;
}

function resolve(parts: readonly string[]): readonly string[] | undefined {
  const segments: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') segments.push(part);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments;
}
