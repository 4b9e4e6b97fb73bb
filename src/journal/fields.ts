import { JOURNAL_KINDS } from './kinds.ts';

/** Fields that any entry may have, beside those that all have. */
const OF_ALL = ['source', 'outcome', 'code', 'platform'] as const;

/** Fields that the entries of a source have beside the ones that their own kind is about. */
const OF_SOURCE: Readonly<Record<string, readonly string[]>> = {
  clearing: ['event'],
  online: ['user', 'participant', 'gateway', 'address', 'session', 'restricted', 'target', 'step', 'method', 'path'],
  oapi: [
    'user',
    'participant',
    'gateway',
    'session',
    'address',
    'connection',
    'completion',
    'status',
    'meaning',
    'problem',
    'application',
    'forced',
    'closed',
    'transaction',
    'facility',
    'rule',
    'effect',
    'infoType',
    'statusMeaning',
    'segment',
  ],
  sftp: ['user', 'participant', 'role', 'connection', 'address', 'method', 'key', 'message', 'complete'],
  mail: ['to', 'from', 'bytes'],
  scenario: ['facts'],
  simulator: ['error'],
};

/** Kinds whose words leave fields out that people do not read. */
const OF_KIND: Readonly<Record<string, readonly string[]>> = {
  'oapi.answer-rule': [
    'transactions',
    'kinds',
    'users',
    'gateways',
    'delayMs',
    'carryOut',
    'times',
    'forMs',
    'why',
    'hits',
  ],
};

/**
 * The fields that an entry of this kind can have, but for `kind` and those that every entry has: the words in backticks
 * of {@link JOURNAL_KINDS}, and what is the same for all entries of a source. A test holds whole days against it.
 */
export function fieldsOfKind(kind: string): readonly string[] {
  const own = [...(JOURNAL_KINDS[kind] ?? '').matchAll(/`([A-Za-z]+)`/g)].map(([, name = '']) => name);
  const [source = ''] = kind.split('.');
  return [...new Set([...own, ...(OF_KIND[kind] ?? []), ...(OF_SOURCE[source] ?? []), ...OF_ALL])];
}
