import type { ControlPort } from './port.ts';

/** Prometheus text of what the simulator is doing. The library is loaded when somebody asks. */
export async function metricsText(port: ControlPort): Promise<{ contentType: string; body: string }> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    values: Iterable<[Record<string, string>, number]>,
  ): void => {
    const metric = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const [labels, value] of values) metric.set(labels, value);
  };
  const state = port.state();
  const kinds = new Map<string, number>();
  for (const entry of port.journal.entries({})) kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1);
  gauge(
    'dcass_sim_journal_entries',
    'Journal entries by kind',
    ['kind'],
    [...kinds].map(([kind, count]) => [{ kind }, count]),
  );
  gauge(
    'dcass_sim_connections',
    'Open connections by listener',
    ['listener'],
    Object.entries(state.connections).map(([listener, count]) => [{ listener }, count]),
  );
  gauge(
    'dcass_sim_sessions',
    'Logged-in sessions by window',
    ['window'],
    ['online', 'oapi'].map((window) => [{ window }, state.sessions.filter((s) => s.window === window).length]),
  );
  gauge(
    'dcass_sim_clock_running',
    '1 while business time runs',
    [],
    [[{}, port.clock.view().mode === 'running' ? 1 : 0]],
  );
  return { contentType: registry.contentType, body: await registry.metrics() };
}
