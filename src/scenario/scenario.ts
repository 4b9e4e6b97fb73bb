import type { CustomerCode } from '../clearing/participant.ts';
import type { WorldDefinition } from '../clearing/world.ts';
import type { PlannedSession } from '../clearing/phase.ts';
import type { BusinessDate, CalendarDate, Instant } from '../time/instant.ts';
import type { ReportCode, ReportMade } from '../clearing/report.ts';
import type { ScenarioAction } from './action.ts';
import type { Expectation } from './expectation.ts';
import type { Correspondence } from './correspondence.ts';
import type { OldPlatformSettings } from './old-platform.ts';
import type { Parameter } from './parameters.ts';
import type { Place } from './problem.ts';
import type { Trigger } from './trigger.ts';

/** A day that has been read, checked and resolved: every name in it exists, every time is an instant. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly level: 'beginner' | 'intermediate' | 'advanced';
  /** Minutes that a person needs to work through it. */
  readonly minutes: number | undefined;
  readonly sources: readonly string[];
  /** The file as it was named to the loader. */
  readonly file: string;
  readonly date: CalendarDate;
  readonly businessDate: BusinessDate;
  readonly start: Instant;
  readonly end: Instant | undefined;
  readonly seed: number | string;
  readonly params: readonly Parameter[];
  readonly world: WorldDefinition;
  readonly grown: Grown;
  /** For the participants that the file plants breaks for; all others keep the same records as DCASS. */
  readonly discrepancies: readonly PlannedBreaks[];
  readonly gateways: GatewaySettings;
  /** Undefined where the day has the upgraded platform only. */
  readonly oldPlatform: OldPlatformSettings | undefined;
  readonly reports: ReportSettings;
  readonly correspondence: Correspondence;
  /** In time order; equal times in the order of the file. */
  readonly steps: readonly TimelineStep[];
  readonly sessions: readonly PlannedSession[];
  readonly expectations: readonly Expectation[];
  readonly training: { readonly objectives: readonly string[]; readonly debrief: readonly string[] };
}

/** How much of the world the file asked for in numbers; undefined for what it writes out. */
export interface Grown {
  readonly participants: number | undefined;
  readonly trades: number | undefined;
}

/** How many rows of a participant's own records are to differ from DCASS. */
export interface PlannedBreaks {
  readonly participant: CustomerCode;
  readonly trades: number;
  readonly positions: number;
}

export interface TimelineStep {
  readonly id: string;
  /** When it happens; where that is not known beforehand, the earliest at which it can. */
  readonly at: Instant;
  readonly trigger: Trigger;
  readonly action: ScenarioAction;
  /** What happens where a `when` is not seen in its span. */
  readonly otherwise: ScenarioAction | undefined;
  readonly note: string | undefined;
  /** The line of the file at which the step begins. */
  readonly line: number;
  /** Its arguments as the file writes them, with parameters put in and passwords left out. */
  readonly written: {
    readonly with: Readonly<Record<string, unknown>> | undefined;
    readonly else: { readonly do: string; readonly with: Readonly<Record<string, unknown>> | undefined } | undefined;
  };
}

/** Only what the file sets: each window owns its defaults. */
export interface GatewaySettings {
  readonly online: {
    /** Business milliseconds without a request after which a session ends. */
    readonly idleMs?: number;
    readonly sessionsMax?: number;
    readonly logoutWarningMs?: number;
    readonly secondUser?: boolean;
    readonly refusedLoginsMax?: number;
    /** Sessions of one user at a time, and what one more meets. */
    readonly userSessions?: number;
    readonly secondLogin?: 'refused' | 'takes-over';
  };
  readonly oapi: {
    readonly port?: number;
    readonly sessionsMax?: number;
    /** Transport milliseconds of silence after which a client is logged out. */
    readonly idleLogoutMs?: number;
    /** Transport milliseconds after a login in which the gateway answers "not ready". */
    readonly notReadyMs?: number;
    /** Transport milliseconds after which an answer that does not come is -21. */
    readonly transactionTimeoutMs?: number;
    /** Records in a segment of an answer. */
    readonly pageSize?: number;
    readonly baseFacility?: number;
    /** Business milliseconds before a planned close at which clients are warned; 0: they are not. */
    readonly logoutWarningMs?: number;
    /** Sessions of one user at a time, and whether at both gateways. */
    readonly parallelSessions?: number;
    readonly parallelAcrossGateways?: boolean;
    /** Whether a message must be sent to its own facility, and what another one gets. */
    readonly facilities?: 'lenient' | 'strict';
    readonly wrongFacility?: -3 | -17;
    /** What post-trade transactions get in enquiry-only mode. */
    readonly enquiryOnlyRefusal?: { readonly completion?: number | undefined; readonly status?: number | undefined };
    /** What groups of users may send and receive. */
    readonly userTypes?: readonly {
      readonly name: string;
      readonly users: readonly string[];
      readonly transactions: 'all' | readonly string[];
      readonly broadcasts: 'all' | readonly string[];
      readonly except: readonly string[];
    }[];
    /** The layouts that the gateways speak: a name, or the path of a file. */
    readonly dictionary?: string;
  };
  /** The secondary data centre; empty where the day has none. */
  readonly secondary: {
    readonly online: readonly { readonly host: string; readonly address: string }[];
    readonly oapi: readonly string[];
  };
  readonly sftp: { readonly keepDays?: number };
}

/** `version`: a name of its own, and both are listed. `same-name`: it takes the place of the one before. */
export const REPUBLISHED_NAMES = ['version', 'same-name'] as const;

export type RepublishedName = (typeof REPUBLISHED_NAMES)[number];

export interface ReportSettings {
  /** Business milliseconds for which a report lies under its temporary name; undefined: the file does not say. */
  readonly writingMs?: number;
  /** How a report that is published again is named; undefined: the file does not say. */
  readonly republished?: RepublishedName;
  /** What the clock publishes, beside the steps of the timeline. */
  readonly schedule: readonly Publication[];
  /** The folder of templates as the file names it, and where it does. */
  readonly templates: { readonly folder: string; readonly at: Place } | undefined;
}

/** Reports that are published again on each business day. */
export interface Publication {
  /** Hong Kong time of the day, `18:45`, or past its midnight, `+1d 00:00`; undefined: when its day end has been run. */
  readonly at: string | undefined;
  readonly reports: readonly ReportCode[];
  /** Undefined: what the clock and the day end say. */
  readonly made: ReportMade | undefined;
}
