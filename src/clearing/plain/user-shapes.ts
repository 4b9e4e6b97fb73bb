import { COMMAND_NAMES } from '../commands/catalogue.ts';
import type { CommandName } from '../commands/command.ts';
import type { LoginAttempt, LoginWindow, SessionEndReason, UserSession } from '../session.ts';
import type { User, UserKind } from '../user.ts';
import { finite, flag, list, maybe, oneOf, oneOfThese, record, secret, text, whole } from './shape.ts';

// Users and their sessions, field by field; see record-shapes.ts.

export const userKind = oneOf<UserKind>({ online: true, administrator: true, oapi: true });
export const sessionEndReason = oneOf<SessionEndReason>({
  'logged-out': true,
  'session-closed': true,
  idle: true,
  'taken-over': true,
  'connection-lost': true,
  'gateway-stopped': true,
  'user-locked': true,
  'user-suspended': true,
  'password-reset': true,
  'forced-by-administrator': true,
});

const loginWindow = oneOf<LoginWindow>({ online: true, oapi: true });

export const loginAttempt = record<LoginAttempt>({
  at: finite(),
  window: loginWindow,
  gateway: text(),
  address: text(),
});

export const functions = maybe<readonly CommandName[]>(list(oneOfThese(COMMAND_NAMES)));

export const user = record<User>({
  id: text(),
  kind: userKind,
  participant: text(),
  password: secret,
  passwordSetAt: finite(),
  passwordExpiresAt: maybe(finite()),
  mustChangePassword: flag,
  earlierPasswords: list(secret),
  failedLogins: whole(),
  locked: flag,
  suspended: flag,
  functions,
  lastLogin: maybe(loginAttempt),
  lastFailedLogin: maybe(loginAttempt),
});

export const session = record<UserSession>({
  id: text(),
  user: text(),
  window: loginWindow,
  gateway: text(),
  address: text(),
  since: finite(),
  restricted: maybe(oneOf({ expired: true, reset: true })),
});
