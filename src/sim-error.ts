/**
 * An operator's error: a taken port, a bad scenario, a time that lies in the past. It carries a
 * stable code for programs and a message for people. A refusal that the real system gives is not an
 * error but a value, see `clearing/rejection.ts`. Every code is listed in docs/reference/errors.md.
 */
export class SimError extends Error {
  readonly code: SimErrorCode;

  constructor(code: SimErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SimError';
    this.code = code;
  }

  /** The packed library and its client have a copy of this class each; an error of one is an error of both. */
  static override [Symbol.hasInstance](value: unknown): value is SimError {
    return value instanceof Error && value.name === 'SimError' && 'code' in value;
  }
}

export type SimErrorCode =
  | 'SIM_PORT_IN_USE'
  | 'SIM_ADDRESS_NOT_AVAILABLE'
  | 'SIM_PORT_NOT_ALLOWED'
  | 'SIM_LISTEN_FAILED'
  | 'SIM_TRUST_MATERIAL'
  | 'SIM_SEALED_REFUSED'
  | 'SIM_SCENARIO_INVALID'
  | 'SIM_SCENARIO_NOT_FOUND'
  | 'SIM_DICTIONARY_INVALID'
  | 'SIM_OPTION_INVALID'
  | 'SIM_FORM_INVALID'
  | 'SIM_TIME_BACKWARDS'
  | 'SIM_TIME_INVALID'
  | 'SIM_VERB_INVALID'
  | 'SIM_SNAPSHOT_INVALID'
  | 'SIM_JOURNAL_INVALID'
  | 'SIM_RESUME_REFUSED'
  | 'SIM_CHECKPOINT_UNKNOWN'
  | 'SIM_WAIT_TIMED_OUT'
  | 'SIM_VERIFY_FAILED'
  | 'SIM_NOT_RUNNING'
  | 'SIM_CONTROL_REFUSED'
  | 'SIM_STOPPED';
