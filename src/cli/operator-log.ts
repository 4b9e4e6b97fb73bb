import type { JournalEntry } from '../journal/entry.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes journal entries as pino's JSON lines on stderr, for those who collect logs. The library is loaded here only. */
export async function operatorLog(level: LogLevel): Promise<(entry: JournalEntry) => void> {
  const { pino } = await import('pino');
  // Not a transport: those are worker threads that load files, and do not survive bundling.
  const log = pino({ level, base: { name: 'dcass-sim' }, timestamp: false }, pino.destination({ fd: 2, sync: true }));
  return (entry) => {
    // `time`: when it happened, which may be long before somebody asked for a log.
    const { kind, wallTime: time, ...fields } = entry;
    log[levelOf(entry)]({ time, ...fields }, kind);
  };
}

function levelOf({ kind, outcome }: JournalEntry): LogLevel {
  if (kind === 'simulator.bug') return 'error';
  if (outcome !== undefined && outcome !== 'ok') return 'warn';
  return /\.(connected|disconnected)$/.test(kind) ? 'debug' : 'info';
}
