import type { Attributes, SFTPWrapper } from 'ssh2';
import type { Instant } from '../time/instant.ts';
import type { FileAnswers } from './file-answers.ts';
import { attributesOf, longNameOf } from './file-attributes.ts';
import { OpenHandles, readFrom, toHandleNumber, type OpenFile, type OpenHandle } from './open-handles.ts';
import { ReplyQueue } from './reply-queue.ts';
import { parseReportPath, toPathText } from './report-path.ts';
import type { ReportNode, ReportTree } from './report-tree.ts';
import type { SftpSettings } from './settings.ts';
import { OPEN_FOR_CHANGE, SFTP_STATUS } from './sftp-status.ts';
import { announceExtensions, sendExtendedReply } from './ssh2-private.ts';

/** What an SFTP channel tells the connection that it belongs to. */
export interface SftpChannelOwner {
  readonly settings: SftpSettings;
  readonly tree: ReportTree;
  now(): Instant;
  /** How file bytes are sent on this channel. */
  readonly files: FileAnswers;
  /** Whether the socket takes more. */
  hasRoom(): boolean;
  /** A request came. */
  active(): void;
  refused(operation: string, path: string | undefined, code: string): void;
  /** A file that was read, in part or whole, has been closed. */
  closed(file: OpenFile): void;
  /** The client holds more requests than it may. */
  tooMany(): void;
  /** The client has said that it is done, and has all its answers. */
  finished(): void;
}

export interface SftpChannel {
  /** Answers what there is room for; called once for each turn in which the client sent something or took something. */
  pump(): void;
  /** Requests that wait for their answers. */
  waiting(): number;
  /** Called every second or so. */
  sweep(): void;
  /** The channel is gone: closes what is open. */
  close(): void;
}

// As OpenSSH's server has it. A client that is told so asks for as much at once, and needs a third less of a processor.
// Most others ask for 32 KiB. A shorter answer is allowed, yet OpenSSH's client then asks for ever smaller pieces.
const PACKET_LENGTH_MAX = 256 * 1024;
const READ_LENGTH_MAX = PACKET_LENGTH_MAX - 1024;
// OpenSSH's PROTOCOL, section 4.8.
const LIMITS = 'limits@openssh.com';
// About 100 names fit into the 34,000 bytes that every client takes in one packet.
const NAMES_PER_ANSWER = 100;

/** Serves one SFTP version 3 channel, read-only, out of the virtual tree. */
export function serveSftp(sftp: SFTPWrapper, owner: SftpChannelOwner): SftpChannel {
  const { tree, settings, files } = owner;
  const handles = new OpenHandles(settings.handlesPerChannelMax);
  const queue = new ReplyQueue(settings.requestsWaitingMax, () => owner.hasRoom() && files.takesMore());
  const limits = limitsOf(settings);
  let isEnding = false;
  let isGone = false;
  if (settings.tellsLimits) announceExtensions(sftp, { [LIMITS]: '1' });

  // What waits must be small: a handle as a number, not as a slice that holds its whole packet, and `textLength`
  // counts the paths.
  const ask = (answer: () => void, textLength = 0): void => {
    owner.active();
    if (!isGone && !queue.push(answer, textLength)) owner.tooMany();
  };
  const askPath = (path: string, answer: () => void): void => ask(answer, path.length);
  const askHandle = (name: Buffer, answer: (handle: number) => void): void => {
    const handle = toHandleNumber(name);
    ask(() => answer(handle));
  };
  const pump = (): void => {
    queue.pump();
    const isAllSent = files.flush();
    if (!isEnding || isGone || queue.length > 0 || !isAllSent) return;
    isEnding = false;
    owner.finished();
  };
  const close = (): void => {
    isGone = true;
    queue.clear();
    for (const handle of handles.closeAll()) release(handle);
  };
  const release = (handle: OpenHandle): void => {
    if (handle.kind === 'file' && handle.wasRead) owner.closed(handle);
  };

  /** The segments of a path; otherwise answers, tells the journal, and returns undefined. */
  const pathOf = (id: number, operation: string, text: string): readonly string[] | undefined => {
    const path = parseReportPath(text);
    if (path.ok) return path.segments;
    owner.refused(operation, text, path.code);
    sftp.status(id, SFTP_STATUS.noSuchFile);
    return undefined;
  };
  const refuseChange = (id: number, operation: string, text: string | undefined): void => {
    const path = text === undefined ? undefined : parseReportPath(text);
    owner.refused(operation, text, path && !path.ok ? path.code : 'read-only');
    sftp.status(id, SFTP_STATUS.permissionDenied);
  };
  const openHandle = (id: number, operation: string, path: string, handle: OpenHandle): void => {
    const name = handles.open(handle);
    if (name) return sftp.handle(id, name);
    owner.refused(operation, path, 'too-many-handles');
    sftp.status(id, SFTP_STATUS.failure);
  };

  const open = (id: number, text: string, flags: number): void => {
    if ((flags & OPEN_FOR_CHANGE) !== 0) return refuseChange(id, 'open-for-writing', text);
    const segments = pathOf(id, 'open', text);
    if (!segments) return;
    const node = tree.find(segments);
    if (!node) return sftp.status(id, SFTP_STATUS.noSuchFile);
    if (node.kind === 'folder') return sftp.status(id, SFTP_STATUS.failure);
    const path = toPathText(segments);
    openHandle(id, 'open', path, { kind: 'file', path, node, readTo: 0, wasRead: false });
  };

  const openFolder = (id: number, text: string): void => {
    const segments = pathOf(id, 'opendir', text);
    if (!segments) return;
    const node = tree.find(segments);
    if (!node) return sftp.status(id, SFTP_STATUS.noSuchFile);
    const nodes = tree.list(segments);
    if (!nodes) return sftp.status(id, SFTP_STATUS.failure);
    const parent = tree.find(segments.slice(0, -1)) ?? node;
    const entries = [
      { name: '.', node },
      { name: '..', node: parent },
      ...nodes.map((entry) => ({ name: entry.name, node: entry })),
    ];
    openHandle(id, 'opendir', toPathText(segments), { kind: 'folder', node, entries, next: 0 });
  };

  const read = (id: number, number: number, offset: number, length: number): void => {
    const handle = handles.get(number);
    if (handle?.kind !== 'file') return sftp.status(id, SFTP_STATUS.failure);
    const bytes = readFrom(handle, offset, length, READ_LENGTH_MAX);
    // The end is a status and not an empty answer: platform-notes.md section 5.
    if (bytes) sftp.data(id, bytes);
    else sftp.status(id, SFTP_STATUS.endOfFile);
  };

  const readFolder = (id: number, number: number): void => {
    const handle = handles.get(number);
    if (handle?.kind !== 'folder') return sftp.status(id, SFTP_STATUS.failure);
    const entries = handle.entries.slice(handle.next, handle.next + NAMES_PER_ANSWER);
    if (entries.length === 0) return sftp.status(id, SFTP_STATUS.endOfFile);
    handle.next += entries.length;
    const now = owner.now();
    sftp.name(
      id,
      entries.map((entry) => ({
        filename: entry.name,
        longname: longNameOf(entry.node, entry.name, now),
        attrs: attributesOf(entry.node),
      })),
    );
  };

  const status = (id: number, operation: string, text: string): void => {
    const segments = pathOf(id, operation, text);
    if (!segments) return;
    const node = tree.find(segments);
    if (node) sftp.attrs(id, attributesOf(node));
    else sftp.status(id, SFTP_STATUS.noSuchFile);
  };

  const realPath = (id: number, text: string): void => {
    const segments = pathOf(id, 'realpath', text);
    if (!segments) return;
    const path = toPathText(segments);
    const node: ReportNode | undefined = tree.find(segments);
    sftp.name(id, [{ filename: path, longname: path, attrs: node ? attributesOf(node) : ({} as Attributes) }]);
  };

  const setStatus = (id: number, operation: string, path: string | undefined, isChange: boolean): void => {
    // No client sends it for a download; asking for no change at all is none.
    if (isChange) refuseChange(id, operation, path);
    else sftp.status(id, SFTP_STATUS.ok);
  };

  const filePathOf = (number: number): string | undefined => {
    const handle = handles.get(number);
    return handle?.kind === 'file' ? handle.path : undefined;
  };

  const statusOfHandle = (id: number, number: number): void => {
    const handle = handles.get(number);
    if (handle) sftp.attrs(id, attributesOf(handle.node));
    else sftp.status(id, SFTP_STATUS.failure);
  };

  const closeHandle = (id: number, number: number): void => {
    const handle = handles.close(number);
    if (handle) release(handle);
    sftp.status(id, handle ? SFTP_STATUS.ok : SFTP_STATUS.failure);
  };

  // There are no links: what exists is none, and what does not exist does not.
  const readLink = (id: number, path: string): void => {
    const segments = pathOf(id, 'readlink', path);
    if (segments) sftp.status(id, tree.find(segments) ? SFTP_STATUS.failure : SFTP_STATUS.noSuchFile);
  };

  const extended = (id: number, name: string): void => {
    if (name === LIMITS && settings.tellsLimits && sendExtendedReply(sftp, id, limits)) return;
    // No client that follows the draft asks for what was not announced.
    owner.refused('extended', name, 'not-supported');
    sftp.status(id, SFTP_STATUS.operationUnsupported);
  };

  sftp.on('OPEN', (id, path, flags) => askPath(path, () => open(id, path, flags)));
  sftp.on('READ', (id, name, offset, length) => askHandle(name, (handle) => read(id, handle, offset, length)));
  sftp.on('CLOSE', (id, name) => askHandle(name, (handle) => closeHandle(id, handle)));
  sftp.on('OPENDIR', (id, path) => askPath(path, () => openFolder(id, path)));
  sftp.on('READDIR', (id, name) => askHandle(name, (handle) => readFolder(id, handle)));
  sftp.on('STAT', (id, path) => askPath(path, () => status(id, 'stat', path)));
  sftp.on('LSTAT', (id, path) => askPath(path, () => status(id, 'lstat', path)));
  sftp.on('FSTAT', (id, name) => askHandle(name, (handle) => statusOfHandle(id, handle)));
  sftp.on('REALPATH', (id, path) => askPath(path, () => realPath(id, path)));
  sftp.on('READLINK', (id, path) => askPath(path, () => readLink(id, path)));
  sftp.on('EXTENDED', (id, name) => askPath(name, () => extended(id, name)));
  // Everything that would change something.
  sftp.on('SETSTAT', (id, path, attributes) => {
    const isChange = Object.keys(attributes).length > 0;
    askPath(path, () => setStatus(id, 'setstat', path, isChange));
  });
  sftp.on('FSETSTAT', (id, name, attributes) => {
    const isChange = Object.keys(attributes).length > 0;
    askHandle(name, (handle) => setStatus(id, 'fsetstat', filePathOf(handle), isChange));
  });
  sftp.on('WRITE', (id, name) => askHandle(name, (handle) => refuseChange(id, 'write', filePathOf(handle))));
  sftp.on('REMOVE', (id, path) => askPath(path, () => refuseChange(id, 'remove', path)));
  sftp.on('RENAME', (id, path) => askPath(path, () => refuseChange(id, 'rename', path)));
  sftp.on('MKDIR', (id, path) => askPath(path, () => refuseChange(id, 'mkdir', path)));
  sftp.on('RMDIR', (id, path) => askPath(path, () => refuseChange(id, 'rmdir', path)));
  // The link comes first, whatever ssh2's types say.
  sftp.on('SYMLINK', (id, link) => askPath(link, () => refuseChange(id, 'symlink', link)));
  sftp.on('end', () => {
    isEnding = true;
  });

  return { pump, waiting: () => queue.length, sweep: files.sweep, close };
}

/** The longest packet and READ, then WRITE, which there is none of, and the open handles: four numbers of 64 bits. */
function limitsOf({ handlesPerChannelMax }: SftpSettings): Buffer {
  const body = Buffer.alloc(32);
  for (const [place, limit] of [PACKET_LENGTH_MAX, READ_LENGTH_MAX, 0, handlesPerChannelMax].entries())
    body.writeBigUInt64BE(BigInt(limit), place * 8);
  return body;
}
