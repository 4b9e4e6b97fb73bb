import { INFO_OBJECT_BYTES, readInfoObject, type InfoObject } from './info-object.ts';

// oapi-facts.md 1.2, set_event_ex and clear_event_ex, C.
const LENGTH_BYTES = 4;
const ITEM_BYTES = INFO_OBJECT_BYTES + 8;
const HANDLE_BYTES = 4;

/** A list that is none: what was found and what is allowed. */
export interface BadList {
  readonly problem: string;
}

/**
 * The items of a set-event list: i32 bytes, then 20-byte items. ASSUMED: the length counts itself; a client that leaves
 * itself out is understood too, as the two can be told apart.
 */
export function readSubscriptionList(list: Buffer): readonly InfoObject[] | BadList {
  const said = list.length < LENGTH_BYTES ? undefined : list.readInt32LE(0);
  const items = (list.length - LENGTH_BYTES) / ITEM_BYTES;
  const isWhole = said === list.length || said === list.length - LENGTH_BYTES;
  if (!isWhole || items < 1 || !Number.isInteger(items)) {
    return { problem: `a list of ${list.length} bytes that says ${said}; allowed are 4 and 20 for each item` };
  }
  return Array.from({ length: items }, (_, i) => readInfoObject(list, LENGTH_BYTES + i * ITEM_BYTES));
}

/** The list as it goes back, with a handle and a status in each item. */
export function answerSubscriptionList(
  list: Buffer,
  results: readonly { readonly handle: number; readonly status: number }[],
): Buffer {
  const answer = Buffer.from(list);
  results.forEach(({ handle, status }, i) => {
    const at = LENGTH_BYTES + i * ITEM_BYTES + INFO_OBJECT_BYTES;
    answer.writeUInt32LE(handle, at);
    answer.writeInt32LE(status, at + 4);
  });
  return answer;
}

/** The handles of a clear-event list: u32 bytes with itself, then handles. */
export function readHandleList(list: Buffer): readonly number[] | BadList {
  const said = list.length < LENGTH_BYTES ? undefined : list.readUInt32LE(0);
  if (said !== list.length || list.length % HANDLE_BYTES !== 0) {
    return { problem: `a list of ${list.length} bytes that says ${said}; allowed are 4 and 4 for each handle` };
  }
  const handles = (list.length - LENGTH_BYTES) / HANDLE_BYTES;
  return Array.from({ length: handles }, (_, i) => list.readUInt32LE(LENGTH_BYTES + i * HANDLE_BYTES));
}
