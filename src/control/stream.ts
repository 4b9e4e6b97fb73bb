import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JournalEntry } from '../journal/entry.ts';
import type { JournalFilter } from '../journal/filter.ts';
import type { ControlPort } from './port.ts';

/** A reader that lets this much pile up is dropped; it can come back with Last-Event-ID and loses nothing. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

/** Sends journal entries as server-sent events until the client goes away. */
export function streamJournal(
  port: ControlPort,
  filter: JournalFilter,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const send = (entry: JournalEntry): void => {
    raw.write(`id: ${entry.seq}\nevent: entry\ndata: ${JSON.stringify(entry)}\n\n`);
    if (raw.writableLength > WAITING_BYTES_MAX) raw.destroy();
  };
  raw.write(': the journal of a dcass-sim\n\n');
  if (filter.after !== undefined) for (const entry of port.journal.entries(filter)) send(entry);
  const following = port.journal.follow(filter, send);
  request.raw.once('close', () => following[Symbol.dispose]());
  return reply;
}
