import type { ClearingCore, TreatReport } from './clearing/core.ts';
import { isCommonReport } from './clearing/make-report.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { Report, ReportCode, ReportMade } from './clearing/report.ts';
import type { Platforms } from './platforms/platforms.ts';
import { ReportOrders, type ReportKey } from './report-orders.ts';
import { versionName } from './report-version.ts';
import type { ActionOf, ReportsAhead } from './scenario/action.ts';
import type { RepublishedName } from './scenario/scenario.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs, type BusinessDate } from './time/instant.ts';

export interface ReportDeskOptions {
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt'>;
  readonly core: ClearingCore;
  readonly platforms: Pick<Platforms, 'hasFallenBack'>;
  /** Business milliseconds for which a report lies under its temporary name. */
  readonly writingMs: number;
  readonly republished: RepublishedName;
  /** From which damage is drawn. */
  readonly seed: number | string;
}

/**
 * Publishes the reports of the upgraded platform: on time, or as a step has ordered it: late, when they are released,
 * damaged, and once more as they should have been.
 */
export class ReportDesk {
  readonly #options: ReportDeskOptions;
  readonly #orders = new ReportOrders();
  /** Business milliseconds after which a damaged report is published again, by the seed of its damage. */
  readonly #corrections = new Map<string, number>();
  #damaged = 0;

  constructor(options: ReportDeskOptions) {
    this.#options = options;
  }

  /** @param participants undefined: every one */
  publish(
    codes: readonly ReportCode[],
    participants: readonly CustomerCode[] | undefined,
    made: ReportMade | undefined,
  ): void {
    const { core } = this.#options;
    const lateness = new Map<string, number>();
    const treat: TreatReport = (code, participant, at) => {
      const { isWithheld, delayMs, corrupt } = this.#orders.take(code, participant, at);
      // What is withheld waits for its release, however late it would have been.
      if (delayMs !== undefined && !isWithheld) lateness.set(`${code} ${participant}`, delayMs);
      return {
        withheld: isWithheld || delayMs !== undefined,
        damage: corrupt && { how: corrupt.how, seed: this.#damageSeed(code, participant, corrupt.correctedAfterMs) },
      };
    };
    const whose = participants ?? this.#everyone();
    const started = codes.flatMap((code) => core.startReports(code, whose, made, treat));
    this.#write(started.filter((report) => !report.withheld));
    for (const byMs of new Set(lateness.values())) {
      const late = started.filter(({ code, participant }) => lateness.get(`${code} ${participant}`) === byMs);
      this.#later(byMs, () => this.#letGo(late));
    }
  }

  /** Tells the participants to whom nothing of this business date was published that it has no reports. */
  publishNone(businessDate: BusinessDate): void {
    this.#write(this.#options.core.startNoReports(businessDate));
  }

  /** Where some of these are withheld, they come now, too: publishing them again releases them. */
  publishByStep(action: ActionOf<'report.publish'>): void {
    const waiting = this.#waiting(this.#keysOf(action)).filter((report) => this.#orders.isWithheld(report));
    this.#orders.endWithholding(waiting);
    this.#letGo(waiting);
    this.publish(action.reports, action.participants, action.made);
  }

  delay(action: ActionOf<'report.delay'>): void {
    this.#orders.delay(this.#keysOf(action), action.made, action.byMs);
  }

  withhold(action: ActionOf<'report.withhold'>): void {
    const keys = this.#keysOf(action);
    const order = this.#orders.withhold(keys, action.made);
    if (action.releaseAfterMs === undefined) return;
    // Meanwhile another step may have ordered otherwise.
    this.#later(
      action.releaseAfterMs,
      () => void this.#release(keys.filter((key) => this.#orders.isWithheldBy(key, order))),
    );
  }

  corrupt(action: ActionOf<'report.corrupt'>): void {
    this.#orders.corrupt(this.#keysOf(action), action.made, action);
  }

  /**
   * Lets go what is late or withheld of these, and withholds them no longer.
   * @returns whether anything was late or withheld, or would have been
   */
  release(whose: Omit<ReportsAhead, 'made'>): boolean {
    return this.#release(this.#keysOf(whose));
  }

  /** The last one of each, as it should have been. @returns whether there was any */
  republish(action: ReportsAhead): boolean {
    const reports = this.#options.core.allReports();
    const last = this.#keysOf(action).flatMap(
      (key) =>
        reports.findLast(
          (report) =>
            isOf(report, key) &&
            report.completedAt !== undefined &&
            (action.made === undefined || report.made === action.made),
        ) ?? [],
    );
    this.#republish(last);
    return last.length > 0;
  }

  #republish(reports: readonly Report[]): void {
    const { core, republished } = this.#options;
    const nameOf = ({ fileName, folderDate, participant }: Report): string =>
      versionName(fileName, (name) =>
        core
          .allReports()
          .some((each) => each.fileName === name && each.folderDate === folderDate && each.participant === participant),
      );
    this.#write(
      reports.map((report) =>
        core.republishReport(report, republished === 'version' ? nameOf(report) : report.fileName),
      ),
    );
  }

  #release(keys: readonly ReportKey[]): boolean {
    const waiting = this.#waiting(keys);
    const wasWithholding = this.#orders.endWithholding(keys);
    this.#letGo(waiting);
    return waiting.length > 0 || wasWithholding;
  }

  /** What is made of these and does not lie on the report server. */
  #waiting(keys: readonly ReportKey[]): readonly Report[] {
    return this.#options.core.allReports().filter((report) => report.withheld && keys.some((key) => isOf(report, key)));
  }

  #letGo(reports: readonly Report[]): void {
    const { core } = this.#options;
    // Meanwhile a step may have released one.
    const waiting = reports.filter((report) => core.allReports().some((each) => each.withheld && isSame(each, report)));
    for (const report of waiting) core.releaseReport(report);
    this.#write(waiting);
  }

  /** A report is seen under a temporary name first and renamed when it is complete: design.md 5.7. */
  #write(reports: readonly Report[]): void {
    if (reports.length === 0) return;
    const { clock, core, writingMs } = this.#options;
    const complete = (report: Report): void => {
      core.completeReport(report);
      this.#correctLater(report);
    };
    // ASSUMED: each publication is signalled once, when all of it is complete; that there are no reports is not.
    const signal = (): void => {
      if (reports.some(({ code }) => code !== 'no-reports')) core.signalInformation('reports');
    };
    if (writingMs === 0) {
      reports.forEach(complete);
      signal();
      return;
    }
    const done = plusMs(clock.now(), writingMs);
    for (const report of reports) clock.scheduleAt(done, () => complete(report));
    clock.scheduleAt(done, signal);
  }

  #correctLater(report: Report): void {
    const afterMs = report.damage && this.#corrections.get(report.damage.seed);
    if (afterMs !== undefined) this.#later(afterMs, () => this.#republish([report]));
  }

  #damageSeed(code: ReportCode, participant: CustomerCode | undefined, correctedAfterMs: number | undefined): string {
    this.#damaged += 1;
    const seed = `${this.#options.seed}/report.corrupt/${code}/${participant ?? 'common'}/${this.#damaged}`;
    if (correctedAfterMs !== undefined) this.#corrections.set(seed, correctedAfterMs);
    return seed;
  }

  /** Rollout package 2.5 (A): these reports come by the upgraded platform, so after a fallback none does. */
  #later(byMs: number, work: () => void): void {
    const { clock, platforms } = this.#options;
    clock.scheduleAt(plusMs(clock.now(), byMs), () => {
      if (!platforms.hasFallenBack) work();
    });
  }

  #keysOf({ reports, participants }: Omit<ReportsAhead, 'made'>): readonly ReportKey[] {
    const whose = participants ?? this.#everyone();
    return reports.flatMap((code): readonly ReportKey[] =>
      isCommonReport(code) ? [{ code, participant: undefined }] : whose.map((participant) => ({ code, participant })),
    );
  }

  #everyone(): readonly CustomerCode[] {
    return this.#options.core.participants().map((each) => each.code);
  }
}

function isOf(report: Report, { code, participant }: ReportKey): boolean {
  return report.code === code && report.participant === participant;
}

function isSame(a: Report, b: Report): boolean {
  return a.fileName === b.fileName && a.folderDate === b.folderDate && a.participant === b.participant;
}
