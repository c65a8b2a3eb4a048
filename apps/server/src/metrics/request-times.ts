import { Histogram, Registry } from 'prom-client';

export type Answered = { method: string; route: string; status: number; seconds: number };
export type RequestTimes = { registry: Registry; observe(answered: Answered): void };

/** How long requests take, by route and not by address: a bot's id is no label. */
export function requestTimes(): RequestTimes {
  const registry = new Registry();
  const histogram = new Histogram({
    name: 'clawster_request_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    observe: ({ method, route, status, seconds }) => histogram.observe({ method, route, status }, seconds),
  };
}
