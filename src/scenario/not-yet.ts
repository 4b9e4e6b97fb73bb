interface Planned {
  /** The last named key above it: `timeline` for a key of a step, `top` for a section. */
  readonly under: readonly string[];
  readonly instead: string;
}

/** Keys of design.md section 6 that this version refuses loudly, and what to do without them. */
export const NOT_SIMULATED_YET: ReadonlyMap<string, Planned> = new Map([
  ['extends', { under: ['top'], instead: 'copy what you need from the other file' }],
  ['params', { under: ['top'], instead: 'write the values out where they are needed' }],
  ['when', { under: ['timeline'], instead: 'write at: "HH:MM", or after: { id: …, by: … }' }],
  ['gate', { under: ['timeline'], instead: 'write at: "HH:MM"; whoever runs the day can pause the clock there' }],
  ['else', { under: ['timeline'], instead: 'write a step of its own with at: or after:' }],
  ['repeat', { under: ['timeline'], instead: 'write the step out once for each time' }],
  ['count', { under: ['expect'], instead: 'an expectation is met by the first entry that fits' }],
  ['order', { under: ['expect'], instead: 'write an expectation with within: for each part' }],
  ['confirm', { under: ['expect'], instead: 'name an entry of the journal under seen:' }],
  ['platforms', { under: ['world'], instead: 'this version has the upgraded platform only' }],
]);

/** Verbs of design.md 6.5 that this version does not perform. */
export const VERBS_NOT_YET: readonly string[] = [
  'datacentre.failover',
  'platform.fallback',
  'report.delay',
  'report.withhold',
  'report.corrupt',
  'mail.send',
  'fault.start',
  'fault.stop',
];
