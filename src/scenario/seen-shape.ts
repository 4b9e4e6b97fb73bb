import * as z from 'zod/mini';
import * as l from './leaf.ts';

const value = l.leaf(z.union([z.string(), z.number(), z.boolean()]), { expects: 'a text, a number, true or false' });
const values = l.either(
  [value, l.someOf(value, 'values, of which any will do')],
  'a text, a number, true or false; or a list of them, of which any will do',
);
const kind = l.leaf(z.string(), { expects: 'the kind of a journal entry, for example online.login' });

/** `seen` of an expectation, and of a `when`. */
export const seenShape = l.leaf(z.catchall(z.object({ kind }), values), {
  expects: 'the kind of a journal entry and values of its fields: { kind: sftp.download, participant: "CABC" }',
});
