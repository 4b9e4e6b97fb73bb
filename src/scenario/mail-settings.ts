import * as z from 'zod/mini';
import type { CustomerCode } from '../clearing/participant.ts';
import type { Correspondence } from './correspondence.ts';
import { parseDuration } from '../time/duration.ts';
import * as l from './leaf.ts';

const email = l.leaf(z.string().check(z.regex(/^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,100}\.[^\s@<>,;."]{2,30}$/)), {
  expects: 'an e-mail address, for example "operations@abc.example"',
});

/** `contacts` of a participant: whom HKEX writes to, and from whom it takes forms. */
export const contacts = () =>
  l.someOf(
    l.group(
      { name: l.line, phone: z.optional(l.line), email },
      'a contact: { name: "Chan Tai Man", phone: "2345 6789", email: "operations@abc.example" }',
    ),
    'contacts: { name: "Chan Tai Man", phone: "2345 6789", email: "operations@abc.example" }',
  );

/** `world.mail`. */
export const mailSettings = () =>
  l.group(
    {
      senders: z.optional(l.oneOf(['contacts', 'anyone'])),
      resetTakes: z.optional(l.duration),
      resets: z.optional(l.oneOf(['verification-session', 'always'])),
      confirmationDue: z.optional(l.time),
      maximumMiB: z.optional(l.integer(1, 50, 'MiB')),
    },
    'settings of the mailbox: { senders: contacts, resetTakes: 15m }',
  );

interface Section {
  readonly participants?: unknown;
  readonly mail?: z.infer<ReturnType<typeof mailSettings>> | undefined;
}

const BYTES_IN_MIB = 1_048_576;

export function toCorrespondence({ participants, mail = {} }: Section): Correspondence {
  const listed = (Array.isArray(participants) ? participants : []) as readonly {
    readonly code: string;
    readonly contacts?: z.infer<ReturnType<typeof contacts>>;
  }[];
  const { senders, resets, resetTakes, maximumMiB, confirmationDue } = mail;
  return {
    contacts: new Map(
      listed.map(({ code, contacts: own = [] }) => [
        code as CustomerCode,
        own.map(({ name, phone = '', email: address }) => ({ name, phone, email: address })),
      ]),
    ),
    settings: {
      ...(senders === undefined ? {} : { senders }),
      ...(resets === undefined ? {} : { resets }),
      ...(resetTakes === undefined ? {} : { resetTakesMs: parseDuration(resetTakes) ?? 0 }),
      ...(confirmationDue === undefined ? {} : { confirmationDue }),
      ...(maximumMiB === undefined ? {} : { bytesMax: maximumMiB * BYTES_IN_MIB }),
    },
  };
}
