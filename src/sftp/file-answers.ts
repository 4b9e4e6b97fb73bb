import type { SFTPWrapper } from 'ssh2';
import { channelPacketSizeOf, sendOnChannel, windowOf } from './ssh2-private.ts';

/** SSH_FXP_DATA: draft-ietf-secsh-filexfer-02, section 7. */
const DATA = 103;
const HEADER_LENGTH = 13;

export interface FileAnswers {
  /** Sends of the rest of an answer what the client takes. @returns whether all of it is sent */
  flush(): boolean;
  /** Whether the client takes another answer now. Nothing else may be sent before. */
  takesMore(): boolean;
  /** Answers with all of it at once, whatever is unread: what a fault does to an answer, it does to the whole. */
  whole(id: number, bytes: Buffer): void;
  /** Called every second or so: a client that was held back and says nothing is held back no more. */
  sweep(): void;
}

/**
 * Lets `sftp.data` send the bytes of a file from where they lie. ssh2 copies an answer whole, and then once more into its
 * packets; and what the client's window does not take it keeps. Here the rest of an answer is a view on the file until
 * the window opens. Call it before anybody else stands before `sftp.data`.
 * @param unreadMax bytes that may be on their way to the client; its window may allow more. Only for clients that are
 *   known to say early what they have read: others would wait for bytes that wait for them
 */
export function answerWithoutCopies(sftp: SFTPWrapper, unreadMax = Infinity): FileAnswers {
  const asOne = sftp.data.bind(sftp);
  let rest: Buffer | undefined;
  // The window when nothing is on its way.
  let widest = 0;
  let sent = 0;
  let sentWhenHeld: number | undefined;

  const room = (): number => {
    const window = windowOf(sftp);
    widest = Math.max(widest, window);
    return Math.min(window, unreadMax - (widest - window));
  };
  const send = (bytes: Buffer): void => {
    sent += bytes.length;
    sendOnChannel(sftp, bytes);
  };
  const flush = (): boolean => {
    while (rest) {
      const length = Math.min(rest.length, room(), channelPacketSizeOf(sftp));
      if (length <= 0) return false;
      send(rest.subarray(0, length));
      rest = length < rest.length ? rest.subarray(length) : undefined;
    }
    return true;
  };
  const data = (id: number, bytes: Buffer): void => {
    const first = Math.min(room(), channelPacketSizeOf(sftp)) - HEADER_LENGTH;
    if (rest || first <= 0) {
      rest = Buffer.concat([...(rest ? [rest] : []), headerOf(id, bytes), bytes]);
    } else if (bytes.length <= first) {
      // A packet more, for the header, would cost the client more than a copy costs here.
      sent += HEADER_LENGTH + bytes.length;
      return asOne(id, bytes);
    } else {
      send(Buffer.concat([headerOf(id, bytes), bytes.subarray(0, first)]));
      rest = bytes.subarray(first);
    }
    flush();
  };
  Object.defineProperty(sftp, 'data', { value: data, configurable: true, writable: true });

  return {
    flush,
    takesMore: () => flush() && room() > 0,
    whole: asOne,
    sweep() {
      const isHeld = room() <= 0 && windowOf(sftp) > 0;
      if (isHeld && sentWhenHeld === sent) unreadMax = Infinity;
      sentWhenHeld = isHeld ? sent : undefined;
    },
  };
}

function headerOf(id: number, bytes: Buffer): Buffer {
  const header = Buffer.allocUnsafe(HEADER_LENGTH);
  header.writeUInt32BE(HEADER_LENGTH - 4 + bytes.length);
  header[4] = DATA;
  header.writeUInt32BE(id, 5);
  header.writeUInt32BE(bytes.length, 9);
  return header;
}
