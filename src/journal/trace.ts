/** Lets what a client caused carry the client's trace into the journal. */
export interface TraceScope {
  /**
   * Runs `work`; every entry that is recorded until it returns gets `traceparent`.
   * @param traceparent from {@link readTraceparent}
   */
  traced<T>(traceparent: string, work: () => T): T;
}

/**
 * A `traceparent` as clients send it (W3C Trace Context, section 3.2), or undefined where it is none: the
 * recommendation says that a broken one is ignored, and never an error of the request.
 */
export function readTraceparent(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, trace, parent] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:$|-)/.exec(header) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && header.length !== 55)) return undefined;
  return /[1-9a-f]/.test(trace ?? '') && /[1-9a-f]/.test(parent ?? '') ? header.slice(0, 55) : undefined;
}
