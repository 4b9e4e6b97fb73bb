import type { JournalEntry } from '../journal/entry.ts';
import { instantOf } from '../journal/entry-instant.ts';
import type { ControlPort } from './port.ts';

type Labels = Record<string, string>;

/**
 * Prometheus text of what the simulator is doing, counted from the journal at the moment of asking: nothing is paid
 * for where nobody asks. Names and units follow Prometheus' conventions: seconds, bytes, `_total` for what only grows.
 */
export async function metricsText(port: ControlPort): Promise<{ contentType: string; body: string }> {
  const { Counter, Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  const counter = (name: string, help: string, rows: Iterable<readonly [Labels, number]>): void => {
    const all = [...rows];
    const metric = new Counter({ name, help, labelNames: labelsOf(all), registers: [registry] });
    for (const [labels, value] of all) metric.inc(labels, value);
  };
  const gauge = (name: string, help: string, rows: Iterable<readonly [Labels, number]>): void => {
    const all = [...rows];
    const metric = new Gauge({ name, help, labelNames: labelsOf(all), registers: [registry] });
    for (const [labels, value] of all) metric.set(labels, value);
  };

  const entries = port.journal.entries({});
  counter(
    'dcass_sim_journal_entries_total',
    'Journal entries by kind.',
    counted(entries, ({ kind }) => ({ kind })),
  );
  counter(
    'dcass_sim_logins_total',
    'Logins that were tried, by window, gateway and outcome.',
    counted(
      entries.filter(({ kind }) => kind === 'online.login' || kind === 'oapi.login'),
      ({ source, outcome = 'ok', ...fields }) => ({ window: source, gateway: String(fields['gateway']), outcome }),
    ),
  );
  counter(
    'dcass_sim_unexpected_total',
    'What clients sent that is invalid or not simulated, and faults of the simulator itself.',
    (['invalid', 'unsimulated', 'bug'] as const).map((what) => [
      { what },
      entries.filter(({ kind, outcome }) => outcome === what || (what === 'bug' && kind === 'simulator.bug')).length,
    ]),
  );

  const state = port.state();
  gauge(
    'dcass_sim_connections',
    'Open connections by listener.',
    Object.entries(state.connections).map(([listener, count]) => [{ listener }, count]),
  );
  gauge(
    'dcass_sim_sessions',
    'Logged-in sessions by window.',
    ['online', 'oapi'].map((window) => [{ window }, state.sessions.filter((s) => s.window === window).length]),
  );
  gauge(
    'dcass_sim_expectations',
    'Expectations of the scenario by status.',
    ['met', 'late', 'missed', 'pending', 'waived', 'not-reached'].map((status) => [
      { status },
      port.expectations().filter((each) => each.status === status).length,
    ]),
  );
  const { simTime, mode, speed } = port.clock.view();
  gauge('dcass_sim_clock_running', '1 while business time runs.', [[{}, mode === 'running' ? 1 : 0]]);
  gauge('dcass_sim_clock_speed_ratio', 'Business seconds per real second while it runs.', [[{}, speed]]);
  gauge('dcass_sim_business_time_seconds', 'The simulated time, in seconds since 1970 UTC.', [
    [{}, instantOf({ simTime }) / 1000],
  ]);
  aboutTheProcess(counter, gauge);
  return { contentType: registry.contentType, body: await registry.metrics() };
}

// The names that Prometheus' own client libraries use. prom-client's collector of them is left alone: it watches the
// garbage collector from the first call on, and is never taken down with the simulator that it was started for.
function aboutTheProcess(
  counter: (name: string, help: string, rows: Iterable<readonly [Labels, number]>) => void,
  gauge: (name: string, help: string, rows: Iterable<readonly [Labels, number]>) => void,
): void {
  const { user, system } = process.cpuUsage();
  counter('process_cpu_seconds_total', 'Processor time of the process, in seconds.', [[{}, (user + system) / 1e6]]);
  gauge('process_resident_memory_bytes', 'Resident memory of the process, in bytes.', [
    [{}, process.memoryUsage.rss()],
  ]);
}

function labelsOf(rows: readonly (readonly [Labels, number])[]): string[] {
  return Object.keys(rows[0]?.[0] ?? {});
}

/** How many entries have the same labels. */
function counted(
  entries: readonly JournalEntry[],
  labelsFor: (entry: JournalEntry) => Labels,
): readonly (readonly [Labels, number])[] {
  const counts = new Map<string, [Labels, number]>();
  for (const entry of entries) {
    const labels = labelsFor(entry);
    const key = JSON.stringify(labels);
    const row = counts.get(key) ?? [labels, 0];
    row[1] += 1;
    counts.set(key, row);
  }
  return [...counts.values()];
}
