import type { Attributes, SFTPWrapper } from 'ssh2';
import type { SftpOperation } from '../faults/fault.ts';
import type { Line } from '../faults/line.ts';
import type { FaultHit, Faults } from '../faults/live-faults.ts';

const OPERATIONS: Readonly<Record<string, SftpOperation>> = {
  OPEN: 'open',
  READ: 'read',
  CLOSE: 'close',
  OPENDIR: 'opendir',
  READDIR: 'readdir',
  STAT: 'stat',
  LSTAT: 'stat',
  FSTAT: 'stat',
  REALPATH: 'realpath',
};

/** What comes with a path; everything else comes with a handle. */
const BY_PATH: readonly string[] = ['OPEN', 'OPENDIR', 'STAT', 'LSTAT', 'REALPATH'];

interface FaultyOptions {
  readonly faults: Faults;
  readonly listener: string;
  readonly user: string;
  readonly line: () => Line;
  /** Sends the bytes of a file at once, and not as the client reads. */
  readonly whole: (id: number, bytes: Buffer) => void;
  /** Ends the connection when what was written has been sent. */
  readonly cut: () => void;
}

type Answers = Record<(typeof ANSWERS)[number], (id: number, ...rest: unknown[]) => unknown>;
const ANSWERS = ['status', 'handle', 'data', 'name', 'attrs'] as const;

/**
 * Lets faults hit the requests and answers of a channel: it stands before whoever serves it, and changes nothing while
 * there are no faults. Call it before anybody listens.
 */
export function letFaultsHit(sftp: SFTPWrapper, { faults, listener, user, line, whole, cut }: FaultyOptions): void {
  const own = sftp as unknown as Answers & { emit(event: string, ...args: unknown[]): boolean };
  const opening = new Map<number, string>();
  const paths = new Map<string, string>();
  const armed = new Map<number, FaultHit>();
  /** Bytes of files that are still sent before the connection ends. */
  let left: number | undefined;

  const pathOf = (event: string, target: unknown): string | undefined => {
    if (BY_PATH.includes(event)) return typeof target === 'string' ? target.slice(0, 500) : undefined;
    return Buffer.isBuffer(target) ? paths.get(target.toString('hex')) : undefined;
  };
  /** Whether the request goes on to whoever serves the channel. */
  const goesOn = (event: string, id: number, target: unknown): boolean => {
    const operation = OPERATIONS[event];
    if (operation === undefined) return true;
    const path = pathOf(event, target);
    if (path !== undefined && (event === 'OPEN' || event === 'OPENDIR')) opening.set(id, path);
    if (operation === 'close' && Buffer.isBuffer(target)) paths.delete(target.toString('hex'));
    if (faults.isQuiet) return true;
    if (left !== undefined && operation === 'read') return true;
    const hit = faults.take({ stages: ['answer'], listeners: [listener], user, path, operation });
    if (!hit) return true;
    switch (hit.effect.do) {
      case 'status':
        sftp.status(id, hit.effect.status);
        return false;
      case 'drop':
        return false;
      case 'disconnect-in-transfer':
        left = hit.effect.afterBytes;
        return true;
      case 'reset':
      case 'black-hole':
      case 'half-close':
        line().apply(hit);
        return false;
      default:
        armed.set(id, hit);
        return true;
    }
  };

  const emit = own.emit.bind(sftp);
  define(sftp, 'emit', (event: string, ...args: unknown[]) => {
    const [id, target] = args;
    if (typeof id !== 'number') return emit(event, ...args);
    return line().isSilent || !goesOn(event, id, target) ? true : emit(event, ...args);
  });

  for (const answer of ANSWERS) {
    const send = own[answer].bind(sftp);
    define(sftp, answer, (id: number, ...rest: unknown[]) => {
      const hit = armed.get(id);
      armed.delete(id);
      if (answer === 'handle') keepPath(id, rest[0]);
      if (answer === 'data' && left !== undefined) return sendPart(id, rest[0] as Buffer);
      if (!hit) return send(id, ...rest);
      if (hit.effect.do === 'wrong-size') return send(id, ...(answer === 'attrs' ? [resized(rest[0], hit)] : rest));
      const applied = line().apply(hit);
      const sent = answer === 'data' ? whole(id, rest[0] as Buffer) : send(id, ...rest);
      applied[Symbol.dispose]();
      return sent;
    });
  }

  function keepPath(id: number, handle: unknown): void {
    const path = opening.get(id);
    opening.delete(id);
    if (path !== undefined && Buffer.isBuffer(handle)) paths.set(handle.toString('hex'), path);
  }

  function sendPart(id: number, bytes: Buffer): void {
    const part = bytes.subarray(0, left);
    left = (left ?? 0) - part.length;
    if (part.length > 0) whole(id, part);
    if (left === 0) cut();
  }
}

function resized(attributes: unknown, { effect }: FaultHit): Attributes {
  const right = attributes as Attributes;
  const by = effect.do === 'wrong-size' ? effect.byBytes : 0;
  // Folders keep theirs: nobody downloads them.
  const isFile = ((right.mode ?? 0) & 0o170000) === 0o100000;
  return isFile ? { ...right, size: Math.max(0, right.size + by) } : right;
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
