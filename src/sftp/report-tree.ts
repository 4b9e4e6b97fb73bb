import type { CustomerCode } from '../clearing/participant.ts';
import { calendarDateOf, plusDays, toCompactDate, type CalendarDate, type Instant } from '../time/instant.ts';
import { contentOf, type FileContent } from './file-content.ts';
import type { ServedReport, SftpPort } from './port.ts';
import type { SftpSettings } from './settings.ts';

/** A folder or a file of the virtual tree, as it stands at this moment. */
export type ReportNode =
  | { readonly kind: 'folder'; readonly name: string; readonly changedAt: Instant }
  | { readonly kind: 'file'; readonly name: string; readonly changedAt: Instant; readonly content: FileContent };

/** Each report is rendered once, for all sessions; the entry goes when the state lets go of the report. */
export type RenderedReports = WeakMap<ServedReport, FileContent>;

/**
 * What one participant sees: `/INBOX/yyyymmdd/<file>` and `/COMMON/yyyymmdd/<file>`. Each question is answered from the
 * clearing state, so all sessions see the same at the same time; only where each report lies is remembered, for as long as
 * the reports are the same ones.
 * ASSUMED: layout, temporary name and days kept (dcass-facts.md section 4, D); see SftpSettings.
 */
export class ReportTree {
  readonly #port: SftpPort;
  readonly #participant: CustomerCode;
  readonly #settings: SftpSettings;
  readonly #rendered: RenderedReports;
  #placed: Placed | undefined;

  constructor(port: SftpPort, participant: CustomerCode, settings: SftpSettings, rendered: RenderedReports) {
    this.#port = port;
    this.#participant = participant;
    this.#settings = settings;
    this.#rendered = rendered;
  }

  /** Undefined: no such file or folder. */
  find(segments: readonly string[]): ReportNode | undefined {
    const place = this.#place(segments);
    return place && this.#node(segments.at(-1) ?? '/', place);
  }

  /** What lies in a folder, sorted by name; undefined when it is no folder. */
  list(segments: readonly string[]): readonly ReportNode[] | undefined {
    const place = this.#place(segments);
    if (!(place instanceof Folder)) return undefined;
    return [...place.entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => this.#node(name, entry));
  }

  #place(segments: readonly string[]): Folder | ServedReport | undefined {
    let place: Folder | ServedReport | undefined = this.#root();
    for (const name of segments) {
      if (!(place instanceof Folder)) return undefined;
      place = place.entries.get(name);
    }
    return place;
  }

  // A client that fetches thousands of files asks four times for each: looking through all reports each time made a
  // small file five times as dear as its bytes.
  #root(): Folder {
    const reports = this.#port.reports(this.#participant);
    const today = calendarDateOf(this.#port.now());
    const placed = this.#placed;
    // A report that changes becomes another object.
    if (placed?.today === today && isSame(placed.reports, reports)) return placed.root;
    const oldest = plusDays(today, 1 - this.#settings.daysKept);
    const root = this.#layOut(reports.filter((report) => report.folderDate >= oldest));
    this.#placed = { reports, today, root };
    return root;
  }

  #layOut(reports: readonly ServedReport[]): Folder {
    const { ownFolder, commonFolder } = this.#settings;
    const root = new Folder();
    for (const area of [ownFolder, commonFolder]) root.folder(area);
    for (const report of reports) {
      const area = root.folder(report.participant === undefined ? commonFolder : ownFolder);
      const date = area.folder(toCompactDate(report.folderDate));
      // Two reports of one name in one folder: the later one lies over the earlier.
      date.entries.set(this.#nameOf(report), report);
      for (const folder of [root, area, date]) folder.changed(changeOf(report));
    }
    return root;
  }

  #nameOf(report: ServedReport): string {
    return report.completedAt === undefined ? report.fileName + this.#settings.temporarySuffix : report.fileName;
  }

  // A folder is as old as its newest file; an empty one has no better time than now.
  #node(name: string, place: Folder | ServedReport): ReportNode {
    if (!(place instanceof Folder)) return this.#file(name, place);
    return { kind: 'folder', name, changedAt: place.changedAt ?? this.#port.now() };
  }

  #file(name: string, report: ServedReport): ReportNode {
    let whole = this.#rendered.get(report);
    if (!whole) {
      whole = 'content' in report ? report.content : contentOf(Buffer.from(report.text, 'utf8'));
      this.#rendered.set(report, whole);
    }
    const { size, slice } = whole;
    const content =
      report.completedAt === undefined ? { size: Math.floor(size * this.#settings.temporaryShare), slice } : whole;
    return { kind: 'file', name, changedAt: changeOf(report), content };
  }
}

/** Where the reports of one moment lie. */
interface Placed {
  readonly reports: readonly ServedReport[];
  readonly today: CalendarDate;
  readonly root: Folder;
}

class Folder {
  readonly entries = new Map<string, Folder | ServedReport>();
  /** Of its newest file; undefined while it has none. */
  changedAt: Instant | undefined;

  /** The folder of that name, made when it is not there. */
  folder(name: string): Folder {
    const there = this.entries.get(name);
    if (there instanceof Folder) return there;
    const made = new Folder();
    this.entries.set(name, made);
    return made;
  }

  changed(at: Instant): void {
    if (this.changedAt === undefined || at > this.changedAt) this.changedAt = at;
  }
}

function isSame(a: readonly ServedReport[], b: readonly ServedReport[]): boolean {
  return a.length === b.length && a.every((report, place) => report === b[place]);
}

function changeOf(report: ServedReport): Instant {
  return report.completedAt ?? report.startedAt;
}
