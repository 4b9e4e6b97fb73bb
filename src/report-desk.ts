import type { ClearingCore, TreatReport } from './clearing/core.ts';
import { isCommonReport } from './clearing/make-report.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { Report, ReportCode, ReportMade } from './clearing/report.ts';
import type { Agenda } from './persistence/agenda.ts';
import type { NamedReport, ReportTask } from './persistence/report-task.ts';
import type { Platforms } from './platforms/platforms.ts';
import { ReportOrders, type OrdersData, type ReportKey } from './report-orders.ts';
import { versionName } from './report-version.ts';
import type { ActionOf, ReportsAhead } from './scenario/action.ts';
import type { RepublishedName } from './scenario/scenario.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs, type BusinessDate } from './time/instant.ts';

export interface ReportDeskOptions {
  readonly clock: Pick<BusinessClock, 'now'>;
  readonly agenda: Pick<Agenda, 'add'>;
  readonly core: ClearingCore;
  readonly platforms: Pick<Platforms, 'hasFallenBack'>;
  /** Business milliseconds for which a report lies under its temporary name. */
  readonly writingMs: number;
  readonly republished: RepublishedName;
  /** From which damage is drawn. */
  readonly seed: number | string;
  /** Told of what is ordered of later reports, each time that it has changed. */
  readonly note: (change: ReportOrdersChange) => void;
}

/** What holds for later reports from here on; it takes the place of what was told before. */
export interface ReportOrdersChange {
  readonly of: 'report-orders';
  readonly orders: OrdersData;
  /** Business milliseconds after which a damaged report is published again, by the seed of its damage. */
  readonly corrections: readonly (readonly [string, number])[];
  /** How many reports have been damaged. */
  readonly damaged: number;
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
  #noted = '';

  constructor(options: ReportDeskOptions) {
    this.#options = options;
    this.#noted = JSON.stringify(this.#state());
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
    this.#note();
    this.#write(started.filter((report) => !report.withheld));
    for (const byMs of new Set(lateness.values())) {
      const late = started.filter(({ code, participant }) => lateness.get(`${code} ${participant}`) === byMs);
      this.#later(byMs, { do: 'reports.let-go', reports: late.map(toNamed) });
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
    this.#note();
    this.#letGo(waiting);
    this.publish(action.reports, action.participants, action.made);
  }

  delay(action: ActionOf<'report.delay'>): void {
    this.#orders.delay(this.#keysOf(action), action.made, action.byMs);
    this.#note();
  }

  withhold(action: ActionOf<'report.withhold'>): void {
    const keys = this.#keysOf(action);
    const order = this.#orders.withhold(keys, action.made);
    this.#note();
    if (action.releaseAfterMs !== undefined) this.#later(action.releaseAfterMs, { do: 'reports.release', keys, order });
  }

  corrupt(action: ActionOf<'report.corrupt'>): void {
    const { how, correctedAfterMs } = action;
    this.#orders.corrupt(this.#keysOf(action), action.made, { how, correctedAfterMs });
    this.#note();
  }

  /** Does what it has put on the agenda. */
  perform(task: ReportTask): void {
    // The upgraded platform's report server has them, whatever platform works by now.
    if (task.do === 'reports.complete') this.#complete(task.reports);
    // Rollout package 2.5 (A): these reports come by the upgraded platform, so after a fallback none does.
    else if (!this.#options.platforms.hasFallenBack) this.#performLate(task);
  }

  #performLate(task: Exclude<ReportTask, { do: 'reports.complete' }>): void {
    switch (task.do) {
      case 'reports.let-go': {
        const all = this.#options.core.allReports();
        return this.#letGo(all.filter((each) => each.withheld && task.reports.some((named) => isSame(each, named))));
      }
      case 'reports.release':
        // Meanwhile another step may have ordered otherwise.
        this.#release(task.keys.filter((key) => this.#orders.isWithheldBy(key, task.order)));
        return;
      case 'reports.correct':
        this.#republish([task.report]);
    }
  }

  /** Forgets what was ordered, and has that again of which it told last. */
  restore(changes: readonly ReportOrdersChange[]): void {
    const { orders, corrections, damaged } = changes.at(-1) ?? NOTHING_ORDERED;
    this.#orders.restore(orders);
    this.#corrections.clear();
    for (const [seed, afterMs] of corrections) this.#corrections.set(seed, afterMs);
    this.#damaged = damaged;
    this.#noted = JSON.stringify(this.#state());
  }

  #state(): ReportOrdersChange {
    const corrections = [...this.#corrections];
    return { of: 'report-orders', orders: this.#orders.toData(), corrections, damaged: this.#damaged };
  }

  #note(): void {
    const state = this.#state();
    const text = JSON.stringify(state);
    if (text === this.#noted) return;
    this.#noted = text;
    this.#options.note(state);
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

  #republish(reports: readonly NamedReport[]): void {
    const { core, republished } = this.#options;
    const nameOf = ({ fileName, folderDate, participant }: NamedReport): string =>
      versionName(fileName, (name) =>
        core
          .allReports()
          .some((each) => each.fileName === name && each.folderDate === folderDate && each.participant === participant),
      );
    this.#write(
      reports.flatMap(
        (report) => core.republishReport(report, republished === 'version' ? nameOf(report) : report.fileName) ?? [],
      ),
    );
  }

  #release(keys: readonly ReportKey[]): boolean {
    const waiting = this.#waiting(keys);
    const wasWithholding = this.#orders.endWithholding(keys);
    this.#note();
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
    const { clock, agenda, writingMs } = this.#options;
    const written = reports.map((report) => {
      const correctAfterMs = report.damage && this.#corrections.get(report.damage.seed);
      return { ...toNamed(report), ...(correctAfterMs === undefined ? {} : { correctAfterMs }) };
    });
    if (writingMs === 0) this.#complete(written);
    else agenda.add(plusMs(clock.now(), writingMs), { do: 'reports.complete', reports: written });
  }

  #complete(reports: Extract<ReportTask, { do: 'reports.complete' }>['reports']): void {
    const { core } = this.#options;
    for (const { correctAfterMs, ...report } of reports) {
      core.completeReport(report);
      if (correctAfterMs !== undefined) this.#later(correctAfterMs, { do: 'reports.correct', report });
    }
    // ASSUMED: each publication is signalled once, when all of it is complete; that there are no reports is not.
    if (reports.some(({ code }) => code !== 'no-reports')) core.signalInformation('reports');
  }

  #damageSeed(code: ReportCode, participant: CustomerCode | undefined, correctedAfterMs: number | undefined): string {
    this.#damaged += 1;
    const seed = `${this.#options.seed}/report.corrupt/${code}/${participant ?? 'common'}/${this.#damaged}`;
    if (correctedAfterMs !== undefined) this.#corrections.set(seed, correctedAfterMs);
    return seed;
  }

  #later(byMs: number, task: ReportTask): void {
    const { clock, agenda } = this.#options;
    agenda.add(plusMs(clock.now(), byMs), task);
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

function isSame(a: NamedReport, b: NamedReport): boolean {
  return a.fileName === b.fileName && a.folderDate === b.folderDate && a.participant === b.participant;
}

function toNamed({ participant, fileName, folderDate, code }: Report): NamedReport {
  return { participant, fileName, folderDate, code };
}

const NOTHING_ORDERED: Omit<ReportOrdersChange, 'of'> = {
  orders: { late: [], corrupt: [], withheld: [], made: 0 },
  corrections: [],
  damaged: 0,
};
