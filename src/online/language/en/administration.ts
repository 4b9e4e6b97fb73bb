import { html, type HtmlValue } from '../../html.ts';

/** The Administrator's pages. */
export const administration = {
  byHkex: 'by HKEX',
  resetPassword: 'Reset password',
  ofUser: (user: string) => ` of ${user}`,
  access: 'Access',
  unlock: 'Unlock',
  aboutUser: (user: string) => ` ${user}`,
  functionsOf: (count: number, all: number) => `${count} of ${all}`,
  loginFrom: (time: string, gateway: string, address: string) => `${time} ${gateway} from ${address}`,
  passwordReset: 'Password reset',
  temporaryPasswordOf: (user: HtmlValue) => html`The temporary password of ${user} is`,
  shownOnlyNow: (user: string) =>
    `It is shown only now. ${user} must change it at the next login; the user is also unlocked.`,
  backToTheUsers: 'Back to the users',
  unlocked: (user: string) => `${user} has been unlocked.`,

  accessOf: (user: string) => `Access of ${user}`,
  postTradeFunctions: 'Post-trade functions',
  save: 'Save',
  holdsAtOnce: 'A change holds at once, also for a session that is open. Enquiries are for every user.',
  unknownField: 'Unknown field',
  unknownFieldText: (name: string) =>
    `A field of this form is csrf or a post-trade function, and each may come once; "${name}" is wrong.`,
  saved: (user: string) => `The access profile of ${user} has been saved.`,

  thisSession: 'this session',
  logOut: 'Log out',
  sessionOf: (user: string, gateway: string) => ` ${user} at ${gateway}`,
  hasBeenLoggedOut: (user: string, gateway: string) => `${user} has been logged out of ${gateway}.`,
};
