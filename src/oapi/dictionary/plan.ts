import type { Scalar } from './notation.ts';

/** What generated code reads and writes: a struct's fields with the names of the properties that they become. */
export interface Plan {
  /** For errors. */
  readonly name: string;
  /** Bytes of the whole struct. */
  readonly size: number;
  readonly fields: readonly PlanField[];
  /** Texts that no property fills: they are blank, and blank is spaces (oapi-facts.md section 3, C). */
  readonly blanks: readonly { readonly offset: number; readonly size: number }[];
}

export interface PlanField {
  readonly property: string;
  readonly offset: number;
  readonly element: PlanElement;
  readonly elementSize: number;
  /** Empty: no array. */
  readonly dimensions: readonly number[];
  /** An undefined value leaves its bytes as they are. */
  readonly optional: boolean;
  /** Where the number of used elements stands, in the same struct. */
  readonly counter?: { readonly offset: number; readonly scalar: Scalar };
}

export type PlanElement =
  /** `exact` keeps 64 bits as a bigint; otherwise every whole number is a number. */
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly exact: boolean }
  | { readonly kind: 'text'; readonly bytes: number; readonly search: boolean }
  /** A single character as its code. */
  | { readonly kind: 'code' }
  | { readonly kind: 'struct'; readonly plan: Plan };
