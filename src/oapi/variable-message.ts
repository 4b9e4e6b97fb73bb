/** A named struct inside a variable message: oapi-facts.md section 3 (KTN, verified on a live system). */
export interface SubItem {
  readonly namedStruct: number;
  readonly body: Buffer;
}

// item_hdr is items u16, size u16; sub_item_hdr is named_struct u16, size u16: the same in every known header (C).
const HEADER_BYTES = 4;

/** Sub items one after another, as BD6 has them after its header. Each size includes its own header. */
export function encodeSubItems(subItems: readonly SubItem[]): Buffer {
  const parts = subItems.flatMap(({ namedStruct, body }) => [header(namedStruct, HEADER_BYTES + body.length), body]);
  return Buffer.concat(parts);
}

/** One item: how many sub items, its size, and the sub items. Both kinds of sizes include their own header. */
export function encodeItem(subItems: readonly SubItem[]): Buffer {
  const body = encodeSubItems(subItems);
  return Buffer.concat([header(subItems.length, HEADER_BYTES + body.length), body]);
}

/** Bytes of an item whose sub items have bodies of these sizes. */
export function itemBytes(bodies: readonly number[]): number {
  return HEADER_BYTES + bodies.reduce((sum, bytes) => sum + HEADER_BYTES + bytes, 0);
}

function header(first: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES);
  bytes.writeUInt16LE(first, 0);
  bytes.writeUInt16LE(size, 2);
  return bytes;
}
