import { text } from 'node:stream/consumers';
import { inhabit } from '../../../../../apps/server/src/seed/inhabit.ts';
import { standInEngine } from '../../../../../targets/stand-in/src/engine.ts';

// In a bot's container in place of its supervisor: takes its one line, dials in as a real one does, and is ready.

const { workload, joinToken } = JSON.parse(await text(process.stdin));
const target = inhabit(standInEngine('container').connect(), () => 'ready');
await target.apply({ ...workload, joinToken });
process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 60_000);
