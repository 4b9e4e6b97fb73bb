import { DAY_MS, toHktParts, type Instant } from '../time/instant.ts';
import type { ReportNode } from './report-tree.ts';

/** The attributes of SFTP version 3; times in whole seconds. */
export interface FileAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atime: number;
  readonly mtime: number;
}

const FOLDER_MODE = 0o040_555;
const FILE_MODE = 0o100_444;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Times are business time: a file made at 18:30 on the simulated day says so. */
export function attributesOf(node: ReportNode): FileAttributes {
  const seconds = Math.floor(node.changedAt / 1_000);
  return {
    mode: node.kind === 'folder' ? FOLDER_MODE : FILE_MODE,
    uid: 0,
    gid: 0,
    size: sizeOf(node),
    atime: seconds,
    mtime: seconds,
  };
}

/** The line of `ls -l`, in Hong Kong time, which `sftp` and `curl` print as it is (platform-notes.md section 5). */
export function longNameOf(node: ReportNode, name: string, now: Instant): string {
  const p = toHktParts(node.changedAt);
  // Like `ls`: the year instead of the time when it is half a year away.
  const isRecent = Math.abs(now - node.changedAt) < 182 * DAY_MS;
  const time = isRecent ? `${two(p.hour)}:${two(p.minute)}` : ` ${p.year}`;
  const mode = node.kind === 'folder' ? 'dr-xr-xr-x    2' : '-r--r--r--    1';
  const size = String(sizeOf(node)).padStart(8);
  return `${mode} rrs      rrs      ${size} ${MONTHS[p.month - 1]} ${String(p.day).padStart(2)} ${time} ${name}`;
}

function sizeOf(node: ReportNode): number {
  return node.kind === 'folder' ? 0 : node.content.size;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
