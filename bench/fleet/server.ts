import 'reflect-metadata';
import '../support/tell-cpu.ts';
import { parseConfig } from '../../apps/server/src/config.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { startServer } from '../../apps/server/src/start-server.ts';

/** The product as it runs. */
const server = await startServer(parseConfig(process.env), createLog('warn'));
const stop = () => void server.stop().then(() => process.exit(0));
process.on('SIGTERM', stop).on('disconnect', stop);
process.send?.({ type: 'ready', url: server.url, setupToken: server.setupToken });
