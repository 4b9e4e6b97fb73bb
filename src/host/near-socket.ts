import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** The longest path in a Unix socket's address, in bytes, without its end. */
const PATH_BYTES_MAX = 107;

/**
 * A path to a socket file that is short enough for the system: of a deep folder, the way through an open file
 * descriptor (Linux). Dispose it when the socket is bound, or connected.
 */
export function nearSocket(path: string): { readonly path: string } & Disposable {
  if (Buffer.byteLength(path) <= PATH_BYTES_MAX) return { path, [Symbol.dispose]: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  return {
    path: `/proc/self/fd/${folder}/${basename(path)}`,
    [Symbol.dispose]: () => closeSync(folder),
  };
}
