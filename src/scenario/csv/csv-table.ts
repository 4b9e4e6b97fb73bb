import type { Place, Problem } from '../problem.ts';
import { CsvPlaces } from './csv-places.ts';

/** The rows of a CSV file as texts, each cell with the place where it stands. */
export interface CsvTable {
  readonly file: string;
  /** The first row: names of columns. Empty when the file cannot be read. */
  readonly header: readonly string[];
  /** The rows below it, without blank lines; a row may have more or fewer cells than the header. */
  readonly rows: readonly (readonly string[])[];
  /** Where a cell begins, or the row when no cell is named. `row`: an index into `rows`, or `header`. */
  placeOf(row: number | 'header', cell?: number): Place;
  /** What keeps it from being read; then it has no rows. */
  readonly problems: readonly Problem[];
}

/**
 * Reads CSV (RFC 4180) in UTF-8: commas, quotes, lines that end with CR LF, LF or CR. A byte order mark and the
 * comment lines (`# …`) with which a report begins are passed over.
 * @param file its name in the places
 */
export async function readCsvTable(content: Uint8Array, file: string): Promise<CsvTable> {
  const bytes = withoutMark(content);
  const places = new CsvPlaces(bytes, file);
  const unreadable = (offset: number, message: string): CsvTable => ({
    file,
    header: [],
    rows: [],
    placeOf: () => ({ file, line: 1, column: 1 }),
    problems: [{ ...places.at(offset), message }],
  });
  if (content[0] === 0xff || content[0] === 0xfe || content.subarray(0, 64).includes(0)) {
    return unreadable(0, 'this is not UTF-8 text; save the file as "CSV UTF-8"');
  }
  const broken = firstBrokenByte(bytes);
  if (broken !== undefined) return unreadable(broken, 'a character here is not UTF-8; save the file as "CSV UTF-8"');
  const begin = afterComments(bytes);
  const { parse, CsvError } = await import('csv-parse/sync');
  const records: string[][] = [];
  const starts: number[] = [];
  let next = begin;
  try {
    parse(bytes.subarray(begin), {
      record_delimiter: ['\r\n', '\n', '\r'],
      // The number of cells is checked where the columns are known: all wrong rows are told, not the first one.
      relax_column_count: true,
      on_record(record: string[], { bytes: end }) {
        if (record.length > 1 || record[0] !== '') {
          records.push(record);
          starts.push(next);
        }
        next = begin + end;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // What follows a wrong quote is read wrongly, so only the first one is told, and nothing else.
    const at = begin + Number(error['bytes'] ?? 0);
    return unreadable(bytes[at] === COMMA ? at + 1 : at, quoteTrouble(error.code));
  }
  const [header, ...rows] = records;
  if (!header) return unreadable(0, 'this file is empty; its first line names the columns');
  return {
    file,
    header,
    rows,
    placeOf: (row, cell) => places.ofCell(starts[row === 'header' ? 0 : row + 1] ?? 0, cell ?? 0),
    problems: [],
  };
}

const COMMA = 0x2c;

function quoteTrouble(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return 'the quote that opens here is never closed; write " at the end of the cell';
  return 'a quote stands inside this cell; write "" for it, and one " around the whole cell';
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function afterComments(bytes: Uint8Array): number {
  let at = 0;
  while (bytes[at] === 0x23) {
    const end = bytes.subarray(at).findIndex((byte) => byte === 0x0a || byte === 0x0d);
    if (end < 0) return bytes.length;
    at += end + 1;
    if (bytes[at - 1] === 0x0d && bytes[at] === 0x0a) at += 1;
  }
  return at;
}

// Half of the text again and again: what ends inside a character is no mistake yet.
function firstBrokenByte(bytes: Uint8Array): number | undefined {
  const isFine = (end: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
      return true;
    } catch {
      return false;
    }
  };
  if (isFine(bytes.length, false)) return undefined;
  let [fine, broken] = [0, bytes.length];
  while (broken - fine > 1) {
    const middle = (fine + broken) >> 1;
    if (isFine(middle, true)) fine = middle;
    else broken = middle;
  }
  // Its first byte may have been fine by itself.
  while (!isFine(fine, false)) fine -= 1;
  return fine;
}
