import { z } from 'zod';
import { Empty } from './page.ts';
import { route } from './route.ts';

export const metrics = {
  prometheus: route({
    method: 'GET',
    path: '/metrics/prometheus',
    permission: 'telemetry:read',
    summary: "The workspace's bots, turns, tokens, cost and durations, as Prometheus reads them",
    input: Empty,
    output: z.string(),
    file: true,
  }),
};
