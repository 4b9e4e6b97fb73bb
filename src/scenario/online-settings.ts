import * as z from 'zod/mini';
import { parseDuration } from '../time/duration.ts';
import type { Checker } from './checker.ts';
import * as l from './leaf.ts';
import { ZERO } from './oapi-settings.ts';
import type { GatewaySettings } from './scenario.ts';

/** `world.gateways.online`. */
export const onlineSettings = () =>
  l.group(
    {
      idle: z.optional(l.duration),
      sessionsMax: z.optional(l.integer(1, 100_000, 'sessions')),
      userSessions: z.optional(l.integer(1, 1_000, 'sessions of one user')),
      secondLogin: z.optional(l.oneOf(['refused', 'takes-over'])),
      logoutWarning: z.optional(l.either([z.literal('none'), l.duration], 'none, or a duration, for example 5m')),
      secondUser: z.optional(l.oneOf(['never', 'always'])),
      refusedLoginsMax: z.optional(l.integer(1, 1_000_000, 'refused logins in a minute')),
    },
    'settings: { idle: 15m, sessionsMax: 200 }',
  );

/** What the file sets; the window owns the rest. */
export function toOnlineSettings(
  online: z.infer<ReturnType<typeof onlineSettings>>,
  check: Checker,
): GatewaySettings['online'] {
  const idleMs = online.idle === undefined ? undefined : parseDuration(online.idle);
  if (idleMs === 0) check.refuse(['idle'], { message: ZERO });
  if (online.secondLogin !== undefined && online.userSessions === undefined) {
    check.refuse(['secondLogin'], {
      message: 'secondLogin says what a login over the limit meets, but there is no limit; write userSessions: 1 too',
    });
  }
  const { sessionsMax, userSessions, refusedLoginsMax, secondLogin, secondUser } = online;
  return {
    ...defined({ idleMs, sessionsMax, userSessions, refusedLoginsMax }),
    ...defined({ logoutWarningMs: toWarningMs(online.logoutWarning) }),
    ...(secondLogin === undefined ? {} : { secondLogin }),
    ...(secondUser === undefined ? {} : { secondUser: secondUser === 'always' }),
  };
}

function toWarningMs(text: string | undefined): number | undefined {
  return text === 'none' ? 0 : text === undefined ? undefined : parseDuration(text);
}

function defined<T extends Record<string, number | undefined>>(settings: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: number;
  };
}
