import 'reflect-metadata';
import '../support/tell-cpu.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../apps/server/src/config.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { inhabit } from '../../apps/server/src/seed/inhabit.ts';
import { startServer } from '../../apps/server/src/start-server.ts';
import { standInEngine } from '../../targets/stand-in/src/engine.ts';

/** The product with one host on which starting a bot takes its time, and only so many start at once. */
const startMs = Number(process.env['BENCH_START_MS']);
const startsAtOnceMax = Number(process.env['BENCH_STARTS_AT_ONCE']);
const host = inhabit(standInEngine('bench').connect(), () => 'ready');
const slow: typeof host = {
  ...host,
  async apply(workload) {
    await sleep(startMs);
    await host.apply(workload);
  },
};
const server = await startServer(parseConfig(process.env), createLog('warn'), {
  connectTarget: async () => slow,
  startsAtOnceMax: () => startsAtOnceMax,
});
const stop = () => void server.stop().then(() => process.exit(0));
process.on('SIGTERM', stop).on('disconnect', stop);
process.send?.({ type: 'ready', url: server.url, setupToken: server.setupToken });
