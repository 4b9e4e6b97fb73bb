import type { SessionEndReason } from '../../../clearing/session.ts';
import { dates } from './dates.ts';
import type { Instant } from '../../../time/instant.ts';

/** Login, log-out, passwords, and why one finds oneself outside. */
export const entrance = {
  login: 'Login',
  userName: 'User name',
  password: 'Password',
  logIn: 'Log in',
  forgotten: 'Forgotten or locked? The DCASS Administrator of your participant resets passwords and unlocks users.',
  loggedOut: 'You have logged out.',
  loggedInAs: (user: string) => `You are logged in as ${user}.`,
  foreignLogin: 'This login did not come from the login page of this gateway.',
  tooManyLogins: (seconds: number) =>
    `Too many logins from your address were refused. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  notLoggedIn: 'Not logged in',
  notLoggedInText: 'You are not logged in.',

  notOpen: 'DCASS Online is not open',
  dcassSession: 'DCASS session',
  noSessionPlanned: 'DCASS Online is not open, and no session is planned.',
  notOpenYet: (name: string, opensAt: Instant, closesAt: Instant | undefined) =>
    `The session is not open yet. The ${name} is ${dates.hours(opensAt, closesAt)}, Hong Kong Time.`,
  notOpenAnyMore: (name: string, opensAt: Instant, closesAt: Instant | undefined) =>
    `The session is not open any more. The ${name} was ${dates.hours(opensAt, closesAt)}, Hong Kong Time.`,
  ended(reason: SessionEndReason, when: string, session: string): string {
    switch (reason) {
      case 'logged-out':
        return 'You have logged out.';
      case 'session-closed':
        // Rollout package 3.2 (A): "12:00 noon, End of Post-Release Verification Session, Logout from DCASS".
        return `The ${session} ended at ${when}. You have been logged out.`;
      case 'idle':
        return `You have been logged out at ${when} because nothing was done for a while. Log in again.`;
      case 'taken-over':
        return `You have been logged out at ${when}: the same user logged in elsewhere.`;
      case 'connection-lost':
        return `The connection to DCASS was lost at ${when}. Log in again.`;
      case 'gateway-stopped':
        return `This gateway was stopped at ${when}. You have been logged out.`;
      case 'user-locked':
        return `Your user was locked at ${when}. You have been logged out. Ask your DCASS Administrator to unlock it.`;
      case 'user-suspended':
        return `Your user was suspended at ${when}. You have been logged out.`;
      case 'password-reset':
        return `Your password was reset at ${when}. You have been logged out. Log in with the temporary password.`;
      case 'forced-by-administrator':
        return `You have been logged out at ${when} by a DCASS Administrator of your participant.`;
    }
  },

  changePassword: 'Change password',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordAgain: 'New password again',
  confirmationDiffers: 'The new password and its confirmation are not the same.',
  currentIsWrong: 'The current password is wrong.',
  passwordChanged: 'Your password has been changed.',
  mustChange: 'Change your password',
  mustChangeLink: 'Your password must be changed first.',
  mustChangeAt: 'Your password must be changed first, at /password.',
  expired: (at: string | undefined) =>
    `Your password has expired${at === undefined ? '' : ` at ${at}`}. Change it to go on; until then no other function is available.`,
  wasReset:
    'Your password was reset. Change the temporary password to go on; until then no other function is available.',
  rules: {
    intro: 'The new password must have',
    length: (min: number, max: number) => `${min} to ${max} characters;`,
    kinds: 'at least one letter, one digit and one special character;',
    accepted: 'no other special characters than',
    history: (remembered: number) =>
      `and it may not be ${remembered > 1 ? `one of your last ${remembered} passwords` : 'the current one'}.`,
  },
};
