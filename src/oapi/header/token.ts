/** Where something stands in a header. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Token extends Place {
  /** `pack`: a change of the packing; its text is the alignment, 0 for the compiler's own. */
  readonly kind: 'name' | 'number' | 'text' | 'mark' | 'comment' | 'pack';
  readonly text: string;
  /** The first of its line: where a `#` begins a directive. */
  readonly first: boolean;
  /** Without a blank before it: `F(x)` and `F (x)` are two kinds of #define. */
  readonly joined: boolean;
}

/** Something that was not read, or a choice that the reader of the report should know. */
export interface Finding extends Place {
  readonly message: string;
}

/** What a header has in a place where it cannot be read. */
export class HeaderError extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.name = 'HeaderError';
    this.place = place;
  }
}

export function findingAt({ file, line, column }: Place, message: string): Finding {
  return { file, line, column, message };
}
