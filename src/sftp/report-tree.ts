import type { CustomerCode } from '../clearing/participant.ts';
import { calendarDateOf, plusDays, toCompactDate, type Instant } from '../time/instant.ts';
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
 * What one participant sees: `/INBOX/yyyymmdd/<file>` and `/COMMON/yyyymmdd/<file>`. Nothing is kept here:
 * each question is answered from the clearing state, so all sessions see the same at the same time.
 * ASSUMED: layout, temporary name and days kept (dcass-facts.md section 4, D); see SftpSettings.
 */
export class ReportTree {
  readonly #port: SftpPort;
  readonly #participant: CustomerCode;
  readonly #settings: SftpSettings;
  readonly #rendered: RenderedReports;

  constructor(port: SftpPort, participant: CustomerCode, settings: SftpSettings, rendered: RenderedReports) {
    this.#port = port;
    this.#participant = participant;
    this.#settings = settings;
    this.#rendered = rendered;
  }

  /** Undefined: no such file or folder. */
  find(segments: readonly string[]): ReportNode | undefined {
    const [area, date, file, ...beyond] = segments;
    if (area === undefined) return this.#folder('/', this.#visible());
    if (beyond.length > 0 || !this.#areas().includes(area)) return undefined;
    const inArea = this.#visible().filter((report) => this.#areaOf(report) === area);
    if (date === undefined) return this.#folder(area, inArea);
    const inDate = inArea.filter((report) => folderOf(report) === date);
    if (inDate.length === 0) return undefined;
    if (file === undefined) return this.#folder(date, inDate);
    // Two reports of one name in one folder: the later one lies over the earlier.
    const report = inDate.findLast((candidate) => this.#nameOf(candidate) === file);
    return report && this.#file(report);
  }

  /** What lies in a folder, sorted by name; undefined when it is no folder. */
  list(segments: readonly string[]): readonly ReportNode[] | undefined {
    const [area, date] = segments;
    const visible = this.#visible();
    if (area === undefined) {
      return this.#areas()
        .toSorted()
        .map((name) =>
          this.#folder(
            name,
            visible.filter((report) => this.#areaOf(report) === name),
          ),
        );
    }
    if (this.find(segments)?.kind !== 'folder') return undefined;
    const inArea = visible.filter((report) => this.#areaOf(report) === area);
    const nodes = date === undefined ? this.#dateFolders(inArea) : this.#files(inArea, date);
    return nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  #dateFolders(reports: readonly ServedReport[]): ReportNode[] {
    const byDate = new Map<string, ServedReport[]>();
    for (const report of reports) {
      const name = folderOf(report);
      const sameDate = byDate.get(name);
      if (sameDate) sameDate.push(report);
      else byDate.set(name, [report]);
    }
    return [...byDate].map(([name, sameDate]) => this.#folder(name, sameDate));
  }

  #files(reports: readonly ServedReport[], date: string): ReportNode[] {
    const byName = new Map<string, ServedReport>();
    for (const report of reports) if (folderOf(report) === date) byName.set(this.#nameOf(report), report);
    return [...byName.values()].map((report) => this.#file(report));
  }

  #areas(): readonly string[] {
    return [this.#settings.ownFolder, this.#settings.commonFolder];
  }

  #visible(): readonly ServedReport[] {
    const oldest = plusDays(calendarDateOf(this.#port.now()), 1 - this.#settings.daysKept);
    return this.#port.reports(this.#participant).filter((report) => report.folderDate >= oldest);
  }

  #areaOf(report: ServedReport): string {
    return report.participant === undefined ? this.#settings.commonFolder : this.#settings.ownFolder;
  }

  #nameOf(report: ServedReport): string {
    return report.completedAt === undefined ? report.fileName + this.#settings.temporarySuffix : report.fileName;
  }

  // A folder is as old as its newest file; an empty one has no better time than now.
  #folder(name: string, reports: readonly ServedReport[]): ReportNode {
    const changedAt = reports.length === 0 ? this.#port.now() : (Math.max(...reports.map(changeOf)) as Instant);
    return { kind: 'folder', name, changedAt };
  }

  #file(report: ServedReport): ReportNode {
    let whole = this.#rendered.get(report);
    if (!whole) {
      whole = 'content' in report ? report.content : contentOf(Buffer.from(report.text, 'utf8'));
      this.#rendered.set(report, whole);
    }
    const { size, slice } = whole;
    const content =
      report.completedAt === undefined ? { size: Math.floor(size * this.#settings.temporaryShare), slice } : whole;
    return { kind: 'file', name: this.#nameOf(report), changedAt: changeOf(report), content };
  }
}

function folderOf(report: ServedReport): string {
  return toCompactDate(report.folderDate);
}

function changeOf(report: ServedReport): Instant {
  return report.completedAt ?? report.startedAt;
}
