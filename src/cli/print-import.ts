import type { Imported } from '../oapi/header/import-headers.ts';
import type { Finding } from '../oapi/header/token.ts';
import type { Output } from './output.ts';

interface Report {
  readonly imported: Imported;
  readonly name: string;
  /** Undefined when nothing was written. */
  readonly file: string | undefined;
  /** Nothing was written because of --strict. */
  readonly strict: boolean;
}

/** What an import read, what it did not, and that its result is private. */
export function importReport({ imported, name, file, strict }: Report, json: boolean, output: Output): void {
  const { dictionary, unread, notes, missing } = imported;
  const read = dictionary && {
    structs: dictionary.structs.length,
    messages: dictionary.messages.length,
    namedStructs: dictionary.namedStructs.length,
    codes: dictionary.codes.length,
  };
  const why = missing ?? (strict ? 'something was not read, and --strict is given' : undefined);
  if (json) {
    output.data(
      JSON.stringify({
        name,
        file: file ?? null,
        family: dictionary?.family ?? null,
        read: read ?? null,
        unread,
        notes,
        ...(why === undefined ? {} : { missing: why }),
      }),
    );
  } else {
    for (const each of unread) output.data(`${lineOf(each)}`);
    for (const each of notes) output.talk(`note: ${lineOf(each)}`);
  }
  if (read && dictionary) {
    output.talk(
      `${name} (${dictionary.family}): ${read.structs} structs, ${read.messages} messages, ${read.namedStructs} named structs, ${read.codes} codes; ${unread.length} not read`,
    );
  }
  if (file === undefined) {
    output.talk(`Nothing was written: ${why ?? 'nothing was read'}.`);
    return;
  }
  output.talk(
    `Written to ${file}\nThis file is private: it is made from material that you are licensed for.\nDo not publish it or put it into a repository.`,
  );
}

function lineOf({ file, line, column, message }: Finding): string {
  return `${file}:${line}:${column}: ${message}`;
}
