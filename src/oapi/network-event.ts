import type { SessionEndReason } from '../clearing/session.ts';

const LOGOUT_IMMINENT = 4004;
const TEXT_AT = 16;
const PLAIN_TEXT_AT = 10;

// oapi-facts.md 1.4: number of the message, its status and what is said when the caller gives no text, C.
// ASSUMED: BN1 has the codes of 2021, and BN3 is as inferred there.
const NOTICES = {
  'data-lost': [1, -208002, 'Broadcasts have been lost.'],
  'link-lost': [1, -208004, 'The link has been lost.'],
  'sender-lost': [1, -208006, 'The sender of broadcasts has been lost.'],
  'sender-restarted': [1, -208008, 'The sender of broadcasts has been restarted.'],
  'bandwidth-exceeded': [3, -3001, 'The bandwidth limit has been exceeded.'],
  'bandwidth-high': [3, -3002, 'The bandwidth usage is high.'],
  'bandwidth-normal': [3, 3003, 'The bandwidth usage is back to normal.'],
  'transaction-link-down': [4, -4001, 'The transaction link is uncertain.'],
  'transaction-link-up': [4, 4001, 'The transaction link is back to normal.'],
  'broadcast-link-down': [4, -4002, 'The broadcast link is uncertain.'],
  'broadcast-link-up': [4, 4002, 'The broadcast link is back to normal.'],
  'logout-imminent': [4, LOGOUT_IMMINENT, 'You will be logged out soon.'],
} as const satisfies Record<string, readonly [message: 1 | 3 | 4, status: number, text: string]>;

/** What a gateway can tell its clients of itself and its links. */
export type NetworkNotice = keyof typeof NOTICES;

/** The message of a notice: BN1, BN3 or BN4. `text` is ASCII; without it the notice's own is sent. */
export function networkNotice(kind: NetworkNotice, text?: string): Buffer {
  const [message, status, words] = NOTICES[kind];
  return message === 4 ? extended(status, text ?? words) : plain(message, status, text ?? words);
}

/** BN2: a subscription became available. oapi-facts.md 1.4, C. ASSUMED: it is not forced. */
export function subscriptionAvailable(infoObject: Buffer): Buffer {
  const event = Buffer.alloc(4 + infoObject.length + 4);
  event.write('BN', 0, 'latin1');
  event.writeUInt16LE(2, 2);
  infoObject.copy(event, 4);
  return event;
}

/** BN4, logout imminent. oapi-facts.md 1.4, C. */
export function forcedLogoutEvent(reason: SessionEndReason): Buffer {
  return extended(LOGOUT_IMMINENT, textOf(reason));
}

/** BN1 and BN3: TYPE, status i32, msglen u16, text. */
function plain(message: number, status: number, text: string): Buffer {
  const event = Buffer.alloc(PLAIN_TEXT_AT + text.length);
  writeHead(event, message, status, text);
  event.write(text, PLAIN_TEXT_AT, 'latin1');
  return event;
}

/** BN4: TYPE, status i32, msglen u16, fill2, reason i32, text. */
function extended(status: number, text: string): Buffer {
  const event = Buffer.alloc(TEXT_AT + text.length);
  writeHead(event, 4, status, text);
  event.writeInt32LE(0, 12); // ASSUMED: the reason numbers are not public; the text tells.
  event.write(text, TEXT_AT, 'latin1');
  return event;
}

function writeHead(event: Buffer, message: number, status: number, text: string): void {
  event.write('BN', 0, 'latin1');
  event.writeUInt16LE(message, 2);
  event.writeInt32LE(status, 4);
  event.writeUInt16LE(text.length, 8);
}

function textOf(reason: SessionEndReason): string {
  switch (reason) {
    case 'session-closed':
      return 'You have been logged out: DCASS has closed.';
    case 'idle':
      return 'You have been logged out: no call was made for too long.';
    case 'taken-over':
      return 'You have been logged out: the same user logged in elsewhere with a forced login.';
    case 'gateway-stopped':
      return 'You have been logged out: this gateway stops.';
    case 'user-locked':
      return 'You have been logged out: the user is locked.';
    case 'user-suspended':
      return 'You have been logged out: the user is suspended.';
    case 'password-reset':
      return 'You have been logged out: the password was reset.';
    case 'forced-by-administrator':
      return 'You have been logged out: an Administrator of your participant ended the session.';
    case 'logged-out':
    case 'connection-lost':
      return 'You have been logged out.';
  }
}
