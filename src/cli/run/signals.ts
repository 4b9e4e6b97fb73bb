const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signals that this process gets, from now on. */
export interface Signals extends Disposable {
  /** The first one that came. */
  readonly first: NodeJS.Signals | undefined;
  /** Calls back for each one; also, at once, for those that came before. */
  passTo(take: (signal: NodeJS.Signals) => void): void;
}

/** Takes the signals that ask a program to end: until disposed they do not end this one. */
export function takeSignals(): Signals {
  const came: NodeJS.Signals[] = [];
  let take: ((signal: NodeJS.Signals) => void) | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    came.push(signal);
    take?.(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, hear);
  return {
    get first() {
      return came[0];
    },
    passTo(next) {
      take = next;
      for (const signal of came) next(signal);
    },
    [Symbol.dispose]() {
      for (const signal of PASSED_ON) process.off(signal, hear);
    },
  };
}
