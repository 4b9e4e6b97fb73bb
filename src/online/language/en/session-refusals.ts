import type { SessionRejection } from '../../../clearing/rejection.ts';

/** Refusals about who is asking, with what password, and when. That DCASS is not open stands with the login. */
export function sessionRefusal(rejection: Exclude<SessionRejection, { code: 'session-not-open' }>): {
  readonly title: string;
  readonly text: string;
} {
  switch (rejection.code) {
    // One answer for all three: the page must not tell which user names exist.
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'wrong-password':
      return { title: 'Login refused', text: 'The user name or the password is wrong.' };
    case 'user-locked':
      return {
        title: 'User locked',
        text: 'This user is locked after too many wrong passwords. Ask your DCASS Administrator to unlock it or to reset the password.',
      };
    case 'user-suspended':
      return {
        title: 'User suspended',
        text: 'This user is suspended. Ask your DCASS Administrator or HKEX.',
      };
    case 'address-not-authorised':
      return {
        title: 'Address not authorised',
        text: `The address ${rejection.address} is outside your participant's authorised range (${rejection.authorised.join(', ') || 'none'}). Log on from an authorised workstation.`,
      };
    case 'user-already-logged-in':
      return {
        title: 'Already logged in',
        text: `This user is already logged in at ${rejection.gateway}.`,
      };
    case 'too-many-sessions-of-user':
      return {
        title: 'Too many sessions',
        text: `This user has ${rejection.sessionsMax} sessions already. Log out of one first.`,
      };
    case 'session-at-another-gateway':
      return {
        title: 'Logged in elsewhere',
        text: `This user is logged in at ${rejection.gateway}. Log out there first.`,
      };
    case 'gateway-full':
      return {
        title: 'Gateway full',
        text: `This gateway takes no more than ${rejection.sessionsMax} sessions. Use another gateway.`,
      };
    case 'not-logged-in':
      return { title: 'Not logged in', text: 'You are not logged in.' };
    case 'password-change-required':
      return {
        title: 'Change your password',
        text: 'Your password must be changed before you can use DCASS Online.',
      };
    case 'new-password-length':
      return {
        title: 'New password refused',
        text: `The new password has ${rejection.length} characters; it must have ${rejection.lengthMin} to ${rejection.lengthMax}.`,
      };
    case 'new-password-character':
      return {
        title: 'New password refused',
        text: `Character ${rejection.position} of the new password is not accepted. Use letters, digits and ${[...rejection.accepted].join(' ')}`,
      };
    case 'new-password-composition':
      return {
        title: 'New password refused',
        text: `The new password has no ${rejection.missing.map((kind) => (kind === 'special' ? 'special character' : kind)).join(' and no ')}; it needs at least one of each.`,
      };
    case 'new-password-used-before':
      return {
        title: 'New password refused',
        text: `The new password was used before. None of your last ${Math.max(1, rejection.remembered)} passwords may come back.`,
      };
    case 'not-an-administrator':
      return {
        title: 'Administrator only',
        text: 'Only the DCASS Administrator of your participant may use this page.',
      };
    case 'user-of-another-participant':
      // The same as for a user that does not exist: an administrator must not learn other firms' user names.
      return { title: 'No such user', text: 'Your participant has no such user.' };
    case 'administrator-may-not-reset':
      return {
        title: 'Not by an Administrator',
        text: "An Administrator's own password is reset by HKEX, not by another Administrator.",
      };
    case 'unknown-session':
      return {
        title: 'No such session',
        text: 'Your participant has no such session. It may have ended already.',
      };
    case 'own-session':
      return {
        title: 'Your own session',
        text: 'This is the session that you work in. Log out by the button at the top of the page.',
      };
    case 'function-not-available':
      return {
        title: 'Function not available',
        text: `${rejection.functionName} is not available. Only enquiry functions are available in this session; no post-trade activity is allowed.`,
      };
    case 'function-not-simulated':
      return {
        title: 'Not simulated yet',
        text: `${rejection.functionName} is not simulated yet. Nothing was changed.`,
      };
    case 'function-not-for-user':
      return {
        title: 'Function not available',
        text: `${rejection.functionName} is not for your kind of user. Ask a DCASS Online user of your participant.`,
      };
    case 'function-not-in-profile':
      return {
        title: 'Function not available',
        text: `${rejection.functionName} is not in your access profile. Ask the DCASS Administrator of your participant.`,
      };
    case 'no-access-profile':
      return {
        title: 'No access profile',
        text: 'An Administrator has no post-trade functions, and so no access profile.',
      };
  }
}
