import { readType } from '../dictionary/codec-code.ts';
import type { Audience } from '../broadcasts/broadcast.ts';

// infobj_t: source u16, information type u16, broadcast type TYPE, four bytes of attribute; oapi-facts.md 1.2, C.
export const INFO_OBJECT_BYTES = 12;

/** oapi-facts.md 1.2: 1 general, 4 dedicated, C. */
export const INFORMATION_TYPE: Readonly<Record<Audience, number>> = { general: 1, dedicated: 4 };

/** What a subscription is about. */
export interface InfoObject {
  readonly source: number;
  readonly informationType: number;
  /** `BD6`; whatever bytes the client sent. */
  readonly type: string;
  /** The attribute's second half: of a dedicated one 0 all of the member, 1 the own user only. */
  readonly scope: number;
}

export function readInfoObject(bytes: Buffer, at: number): InfoObject {
  return {
    source: bytes.readUInt16LE(at),
    informationType: bytes.readUInt16LE(at + 2),
    type: readType(bytes, at + 4),
    scope: bytes.readUInt16LE(at + 10),
  };
}

/** The object by which a broadcast is subscribed to, of all of the member. */
export function infoObject(source: number, type: string, audience: Audience): Buffer {
  const bytes = Buffer.alloc(INFO_OBJECT_BYTES);
  bytes.writeUInt16LE(source, 0);
  bytes.writeUInt16LE(INFORMATION_TYPE[audience], 2);
  bytes.write(type.slice(0, 2), 4, 'latin1');
  bytes.writeUInt16LE(Number(type.slice(2)), 6);
  if (audience === 'dedicated') bytes.writeUInt16LE(1, 8);
  return bytes;
}
