import type { FastifyRequest } from 'fastify';
import type { JournalFilter } from '../journal/filter.ts';
import { SimError } from '../sim-error.ts';
import type { ControlRoute } from './routes.ts';
import { streamJournal } from './stream.ts';

/** The journal, read and followed. */
export const JOURNAL_ROUTES: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/v1/journal',
    summary: 'Journal entries, oldest first. Every query parameter is a field that an entry must have.',
    query: {
      kind: 'online.login, or online.* for all of a window',
      after: 'only entries after this sequence number',
      limit: 'at most so many, the newest',
    },
    handle: (port, request) => {
      const { filter, limit } = readFilter(request);
      return { entries: port.journal.entries(filter).slice(-limit) };
    },
  },
  {
    method: 'GET',
    path: '/v1/journal/stream',
    summary: 'Server-sent events: each new journal entry; Last-Event-ID or "after" asks for earlier ones too.',
    query: { kind: 'as above', after: 'first send what came after this sequence number' },
    handle: (port, request, reply) => streamJournal(port, readFilter(request).filter, request, reply),
  },
];

/** @throws SimError SIM_OPTION_INVALID */
function readFilter(request: FastifyRequest): { readonly filter: JournalFilter; readonly limit: number } {
  const { after, limit, ...rest } = request.query as Record<string, string | string[]>;
  const lastSeen = request.headers['last-event-id'] ?? after;
  const fields: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(rest)) {
    fields[field] = (Array.isArray(value) ? value : [value]).flatMap(valuesOf);
  }
  if (lastSeen !== undefined) fields['after'] = readNumber('after', lastSeen, 0);
  return { filter: fields, limit: limit === undefined ? Infinity : readNumber('limit', limit, 1) };
}

/** In a query everything is text; in the journal a deal's number is a number, and a yes is true. */
function valuesOf(text: string): readonly unknown[] {
  if (/^\d+$/.test(text)) return [text, Number(text)];
  return text === 'true' || text === 'false' ? [text, text === 'true'] : [text];
}

function readNumber(name: string, found: string | string[], least: number): number {
  const number = /^\d{1,15}$/.test(String(found)) ? Number(found) : NaN;
  if (!(number >= least))
    throw new SimError('SIM_OPTION_INVALID', `"${name}" is a number from ${least}, not "${String(found)}"`);
  return number;
}
