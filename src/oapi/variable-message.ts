import { itemHeader, subItemHeader } from './trade-layouts.ts';

/** A named struct inside an item of a variable message: oapi-facts.md section 3 (KTN, verified on a live system). */
export interface SubItem {
  readonly namedStruct: number;
  readonly body: Buffer;
}

/** One item: how many sub items, its size, and the sub items. Both kinds of sizes include their own header. */
export function encodeItem(subItems: readonly SubItem[]): Buffer {
  const parts = subItems.flatMap(({ namedStruct, body }) => [
    subItemHeader.encode({ named_struct: namedStruct, size: subItemHeader.layout.bytes + body.length }),
    body,
  ]);
  const size = parts.reduce((sum, part) => sum + part.length, itemHeader.layout.bytes);
  return Buffer.concat([itemHeader.encode({ items: subItems.length, size }), ...parts], size);
}
