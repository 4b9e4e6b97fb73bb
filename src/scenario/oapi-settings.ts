import * as z from 'zod/mini';
import { BROADCAST_TYPES, ENQUIRY_TYPES, POST_TRADE_TYPES } from '../family/message-types.ts';
import { parseDuration, parseTransportDuration } from '../time/duration.ts';
import { requireUnique, type Checker } from './checker.ts';
import * as l from './leaf.ts';
import { checkUser, kindOfUser, unknownName, type Names } from './names.ts';
import type { GatewaySettings } from './scenario.ts';

/** `CQ3`. */
export const messageType = l.leaf(z.string().check(z.regex(/^[A-Z]{2}\d{1,5}$/)), {
  expects: 'the type of an OAPI message, for example CQ3',
  mend: (found) => (/^[a-z]{2}\d{1,5}$/i.test(found.trim()) ? found.trim().toUpperCase() : undefined),
});

const someTypes = l.either(
  [z.literal('all'), z.array(messageType)],
  'all, or a list of types of OAPI messages: [UQ12, CQ3]',
);

const userType = l.group(
  {
    name: l.leaf(z.string().check(z.regex(/^[ -~]{1,5}$/)), { expects: 'a name of 1 to 5 plain (ASCII) characters' }),
    users: l.someOf(l.userId, 'OAPI users: ["BO_CABC901"]'),
    transactions: z.optional(someTypes),
    broadcasts: z.optional(someTypes),
    except: z.optional(z.array(messageType)),
  },
  'a user type: { name: "QUERY", users: ["BO_CABC901"], transactions: [UQ12, CQ3] }',
);

/** `world.gateways.oapi`. */
export const oapiSettings = () =>
  l.group(
    {
      port: z.optional(l.integer(1, 65_535, 'a port')),
      sessionsMax: z.optional(l.integer(1, 100_000, 'sessions')),
      parallelSessions: z.optional(l.integer(1, 1_000, 'sessions of one user')),
      parallelAcrossGateways: z.optional(z.boolean()),
      idleLogout: z.optional(l.duration),
      logoutWarning: z.optional(l.either([z.literal('none'), l.duration], 'none, or a duration, for example 5m')),
      notReady: z.optional(l.duration),
      transactionTimeout: z.optional(l.transportDuration),
      pageSize: z.optional(l.integer(1, 10_000, 'records in a segment of an answer')),
      baseFacility: z.optional(l.integer(16, 65_535, 'a facility number')),
      facilities: z.optional(l.oneOf(['lenient', 'strict'])),
      wrongFacility: z.optional(
        l.leaf(z.union([z.literal(-3), z.literal(-17)]), { expects: 'the completion code -3 or -17' }),
      ),
      dictionary: z.optional(l.line),
      enquiryOnlyRefusal: z.optional(
        l.group(
          {
            completion: z.optional(l.integer(-9_999, -1, 'a completion code')),
            status: z.optional(l.integer(-2_147_483_648, 2_147_483_647, 'a transaction status')),
          },
          'what post-trade transactions get: { completion: -12, status: -704130 }',
        ),
      ),
      userTypes: z.optional(l.listOf(userType, 'user types')),
    },
    'settings: { port: 15001, sessionsMax: 50, … }',
  );

/** Only what the file sets: the gateway owns its defaults. */
export function toOapiSettings(
  section: z.infer<ReturnType<typeof oapiSettings>>,
  names: Names,
  check: Checker,
): GatewaySettings['oapi'] {
  const { idleLogout, notReady, transactionTimeout, logoutWarning, userTypes, ...rest } = section;
  const idleLogoutMs = idleLogout === undefined ? undefined : parseDuration(idleLogout);
  if (idleLogoutMs === 0) check.refuse(['idleLogout'], { message: ZERO });
  const transactionTimeoutMs =
    transactionTimeout === undefined ? undefined : parseTransportDuration(transactionTimeout);
  if (transactionTimeoutMs === 0) {
    check.refuse(['transactionTimeout'], { message: 'this duration is zero; write for example 30s' });
  }
  const types = userTypes && toUserTypes(userTypes, names, check.under('userTypes'));
  return {
    ...given({
      ...rest,
      idleLogoutMs,
      transactionTimeoutMs,
      notReadyMs: notReady === undefined ? undefined : parseDuration(notReady),
    }),
    ...(logoutWarning === undefined
      ? {}
      : { logoutWarningMs: logoutWarning === 'none' ? 0 : (parseDuration(logoutWarning) ?? 0) }),
    ...(types === undefined ? {} : { userTypes: types }),
  };
}

function given<T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

const TRANSACTION_TYPES = [...ENQUIRY_TYPES, ...POST_TRADE_TYPES];

function checkTypes(
  found: 'all' | readonly string[] | undefined,
  known: readonly string[],
  what: string,
  path: readonly string[],
  check: Checker,
): void {
  if (found === undefined || found === 'all') return;
  found.forEach((type, i) => {
    if (check.usable(...path, i) && !known.includes(type)) check.refuse([...path, i], unknownName(what, type, known));
  });
}

export const ZERO = 'this duration is zero; write for example 15m';

function toUserTypes(
  userTypes: NonNullable<z.infer<ReturnType<typeof oapiSettings>>['userTypes']>,
  names: Names,
  check: Checker,
): NonNullable<GatewaySettings['oapi']['userTypes']> {
  requireUnique(userTypes, 'name', 'user type', check);
  const typeOf = new Map<string, string>();
  for (const { item, check: checkType } of check.items(userTypes)) {
    checkTypes(item.transactions, TRANSACTION_TYPES, 'transaction', ['transactions'], checkType);
    checkTypes(item.broadcasts, BROADCAST_TYPES, 'broadcast', ['broadcasts'], checkType);
    checkTypes(item.except, [...TRANSACTION_TYPES, ...BROADCAST_TYPES], 'message', ['except'], checkType);
    for (const { item: user, index } of checkType.under('users').items(item.users)) {
      const path = ['users', index];
      if (!checkUser(names, user, path, checkType.refuse)) continue;
      const other = typeOf.get(user);
      if (kindOfUser(user) !== 'oapi') {
        checkType.refuse(path, { message: `"${user}" is no OAPI user; those begin with BO_`, found: user });
      } else if (other !== undefined) {
        checkType.refuse(path, {
          message: `"${user}" has the user type "${other}" already; a user has one`,
          found: user,
        });
      } else typeOf.set(user, item.name);
    }
  }
  return userTypes.map(({ name, users, transactions = 'all', broadcasts = 'all', except = [] }) => ({
    name,
    users,
    transactions,
    broadcasts,
    except,
  }));
}
