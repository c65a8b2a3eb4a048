import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import type { LoopRunner } from '@clawster/control-plane/loops/run-loops';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { queueLagSeconds } from '@clawster/control-plane/reconcile/queue-lag';
import { readOnlyReason } from '@clawster/control-plane/system/database-mode';
import { poolState } from '@clawster/database/open';
import { Counter, Gauge, Registry } from 'prom-client';
import type { LinkCounts } from '../link/link-server.ts';
import type { RequestTimes } from './request-times.ts';

export type Measured = {
  plane: ControlPlane;
  loops: Pick<LoopRunner, 'counts'>;
  requests: RequestTimes;
  linkCounts: () => LinkCounts | undefined;
};

/** A number, or one for each value of a label. */
type Value = number | { label: 'loop' | 'outcome' | 'state'; values: Record<string, number> };
type Measure = { name: string; help: string; read: (measured: Measured) => Value | Promise<Value> };

const pool = ({ plane }: Measured) => poolState(plane.db);
const outcomes = (values: Record<string, number> = {}): Value => ({ label: 'outcome', values });
const perLoop = ({ loops }: Measured, figure: 'passes' | 'failures' | 'seconds'): Value => ({
  label: 'loop',
  values: Object.fromEntries(Object.entries(loops.counts()).map(([loop, counts]) => [loop, counts[figure]])),
});

const gauges: Measure[] = [
  { name: 'links_open', help: 'Bots linked to this replica', read: ({ plane }) => plane.links.held().length },
  {
    name: 'reconcile_lag_seconds',
    help: 'Age of the oldest bot that is due and not taken up',
    read: ({ plane }) => queueLagSeconds(plane),
  },
  {
    name: 'pool_connections',
    help: 'Connections to PostgreSQL, and requests that wait for one',
    read(measured) {
      const { open, idle, waiting } = pool(measured);
      return { label: 'state', values: { open, idle, waiting } };
    },
  },
  { name: 'database_away', help: '1 while PostgreSQL does not answer', read: (one) => Number(pool(one).isAway) },
  {
    name: 'database_read_only',
    help: '1 while the database takes no changes',
    read: ({ plane }) => Number(readOnlyReason(plane) !== undefined),
  },
];

const counters: Measure[] = [
  {
    name: 'link_handshakes_total',
    help: 'Supervisors that dialled in',
    read: ({ linkCounts }) => outcomes(linkCounts()?.handshakes),
  },
  {
    name: 'telemetry_batches_total',
    help: 'Telemetry batches that came',
    read: ({ linkCounts }) => outcomes(linkCounts()?.telemetry),
  },
  { name: 'loop_passes_total', help: 'Passes of each loop', read: (measured) => perLoop(measured, 'passes') },
  { name: 'loop_failures_total', help: 'Passes that failed', read: (measured) => perLoop(measured, 'failures') },
  { name: 'loop_seconds_total', help: 'How long passes took', read: (measured) => perLoop(measured, 'seconds') },
  {
    name: 'events_handed_out_total',
    help: 'Events read for the live streams',
    read: ({ plane }) => eventHubOf(plane).handedOut,
  },
  { name: 'pool_waits_total', help: 'How often a connection was asked for', read: (one) => pool(one).waits },
  {
    name: 'pool_wait_seconds_total',
    help: 'How long connections were waited for',
    read: (measured) => pool(measured).waitedMs / 1000,
  },
];

/** Everything that is measured, read when it is asked for: what runs keeps its own counts. */
export function metricsRegistry(measured: Measured): Registry {
  const registry = new Registry();
  const define = (Kind: typeof Counter | typeof Gauge, { name, help, read }: Measure) =>
    new Kind({
      name: `clawster_${name}`,
      help,
      labelNames: ['loop', 'outcome', 'state'],
      registers: [registry],
      async collect() {
        this.reset();
        const value = await read(measured);
        if (typeof value === 'number') return this.inc(value);
        for (const [key, one] of Object.entries(value.values)) this.inc({ [value.label]: key }, one);
      },
    });
  for (const gauge of gauges) define(Gauge, gauge);
  for (const counter of counters) define(Counter, counter);
  return Registry.merge([registry, measured.requests.registry]);
}
