import type { ReportNode } from './report-tree.ts';

/** A file as it was when it was opened, and how far it has been read. */
export interface OpenFile {
  readonly kind: 'file';
  readonly path: string;
  readonly node: ReportNode & { readonly kind: 'file' };
  /** The bytes from the start that have been read without a gap. */
  readTo: number;
  wasRead: boolean;
}

/** A folder's entries as they were when it was opened. */
export interface OpenFolder {
  readonly kind: 'folder';
  readonly node: ReportNode;
  readonly entries: readonly { readonly name: string; readonly node: ReportNode }[];
  /** Index of the first entry that has not been told yet. */
  next: number;
}

export type OpenHandle = OpenFile | OpenFolder;

/** The open files and folders of one SFTP channel. A handle is a number that is never used twice. */
export class OpenHandles {
  readonly #open = new Map<number, OpenHandle>();
  readonly #max: number;
  #last = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Undefined: no more handles. */
  open(handle: OpenHandle): Buffer | undefined {
    if (this.#open.size >= this.#max) return undefined;
    this.#last += 1;
    this.#open.set(this.#last, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(this.#last);
    return name;
  }

  get(number: number): OpenHandle | undefined {
    return this.#open.get(number);
  }

  close(number: number): OpenHandle | undefined {
    const handle = this.#open.get(number);
    this.#open.delete(number);
    return handle;
  }

  /** Everything still open, and forgets it. */
  closeAll(): readonly OpenHandle[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }
}

/** The number in a client's handle; 0, which is never open, when it is none of ours. */
export function toHandleNumber(name: Buffer): number {
  return name.length === 4 ? name.readUInt32BE() : 0;
}

/**
 * The bytes for one READ; undefined at and after the end. Never more than `lengthMax`: a client may ask for
 * 4 GiB at once, and version 3 allows a short answer.
 */
export function readFrom(file: OpenFile, offset: number, length: number, lengthMax: number): Buffer | undefined {
  const { size, slice } = file.node.content;
  file.wasRead = true;
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) return undefined;
  const part = slice(offset, Math.min(length, lengthMax, size - offset));
  if (offset <= file.readTo) file.readTo = Math.max(file.readTo, offset + part.length);
  return part;
}

/** Whether every byte has been read. */
export function isWhole(file: OpenFile): boolean {
  return file.wasRead && file.readTo === file.node.content.size;
}
