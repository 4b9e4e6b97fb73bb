import type { SessionEndReason } from '../clearing/session.ts';

const LOGOUT_IMMINENT = 4004;
const TEXT_AT = 16;

/** BN4, logout imminent: TYPE, status i32, msglen u16, fill2, reason i32, text. oapi-facts.md 1.4, C. */
export function forcedLogoutEvent(reason: SessionEndReason): Buffer {
  const text = textOf(reason);
  const event = Buffer.alloc(TEXT_AT + text.length);
  event.write('BN', 0, 'latin1');
  event.writeUInt16LE(4, 2);
  event.writeInt32LE(LOGOUT_IMMINENT, 4);
  event.writeUInt16LE(text.length, 8);
  event.writeInt32LE(0, 12); // ASSUMED: the reason numbers are not public; the text tells.
  event.write(text, TEXT_AT, 'latin1');
  return event;
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
    case 'logged-out':
    case 'connection-lost':
      return 'You have been logged out.';
  }
}
