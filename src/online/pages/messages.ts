import type { ClearingMessage } from '../../clearing/message.ts';
import { accepted } from '../../clearing/rejection.ts';
import { toIso } from '../../time/instant.ts';
import { toTimeText } from '../texts.ts';
import { onPage, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';

/** Clearing messages, newest first: rollout package, section 5 (A). */
export const messagesPage: DataPage<ClearingMessage> = {
  name: 'messages',
  read(core, session) {
    const found = core.messages(session);
    return found.ok ? accepted(found.value.toReversed()) : found;
  },
  // Read is what was on the page when a person opened it.
  opened: ({ context, user }, rows) =>
    void context.lastRead.set(
      user.id,
      rows.reduce((last, { number }) => Math.max(last, number), context.lastRead.get(user.id) ?? 0),
    ),
  columns: (_core, { context, user, texts: { columns } }) => [
    {
      name: 'message',
      title: columns.messageNumber,
      kind: 'number',
      value: (message) => message.number,
      shown: (message) => String(message.number),
    },
    {
      name: 'sent',
      title: columns.sent,
      kind: 'text',
      value: (message) => toIso(message.sentAt),
      shown: (message) => toTimeText(message.sentAt),
    },
    {
      name: 'to',
      title: columns.to,
      kind: 'text',
      value: (message) => message.to ?? 'all',
      shown: (message) => message.to ?? columns.allParticipants,
    },
    { name: 'text', title: columns.message, kind: 'text', value: (message) => message.text, wraps: true },
    onPage(
      textColumn('new', columns.new, (message) =>
        message.number > (context.lastRead.get(user.id) ?? 0) ? columns.new : '',
      ),
    ),
  ],
  filters: [
    { name: 'text', how: 'contains', of: (message) => message.text },
    { name: 'from', how: 'from', of: (message) => toTimeText(message.sentAt) },
    { name: 'until', how: 'until', of: (message) => toTimeText(message.sentAt) },
  ],
};
