/** What can be subscribed to: oapi-facts.md 1.2, the API's subscription object. */
export interface InformationObject {
  readonly source: number;
  /** 4 dedicated to a participant, 1 general. */
  readonly informationType: number;
  /** `BD6`. */
  readonly broadcast: string;
  /** Dedicated and true: what is for the own user only. */
  readonly ownUserOnly?: boolean;
}

/** What can be subscribed to. */
export interface Available extends InformationObject {
  readonly forced: boolean;
}

const OBJECT_BYTES = 12;
const ITEM_BYTES = 20;
const DEDICATED = 4;

/** The list of set event: PROTOCOL.md, Requests. */
export function encodeSubscriptions(wanted: readonly InformationObject[]): Buffer {
  const list = Buffer.alloc(4 + wanted.length * ITEM_BYTES);
  list.writeInt32LE(list.length, 0);
  wanted.forEach(({ source, informationType, broadcast, ownUserOnly = false }, i) => {
    const at = 4 + i * ITEM_BYTES;
    list.writeUInt16LE(source, at);
    list.writeUInt16LE(informationType, at + 2);
    list.write(broadcast.slice(0, 2), at + 4, 'latin1');
    list.writeUInt16LE(Number(broadcast.slice(2)), at + 6);
    if (informationType !== DEDICATED) return;
    list.writeUInt16LE(1, at + 8);
    list.writeUInt16LE(ownUserOnly ? 1 : 0, at + 10);
  });
  return list;
}

/** The answer of show subscriptions. */
export function decodeAvailable(answer: Buffer): readonly Available[] {
  const count = answer.length < 4 ? 0 : answer.readUInt32LE(0);
  return Array.from({ length: count }, (_, i) => {
    const at = 4 + i * (OBJECT_BYTES + 4);
    return { ...objectAt(answer, at), forced: answer.readUInt32LE(at + OBJECT_BYTES) === 1 };
  });
}

function objectAt(bytes: Buffer, at: number): InformationObject {
  const informationType = bytes.readUInt16LE(at + 2);
  const ownUserOnly = informationType === DEDICATED && bytes.readUInt16LE(at + 10) === 1;
  return {
    source: bytes.readUInt16LE(at),
    informationType,
    broadcast: `${bytes.toString('latin1', at + 4, at + 6)}${bytes.readUInt16LE(at + 6)}`,
    ...(ownUserOnly ? { ownUserOnly } : {}),
  };
}
