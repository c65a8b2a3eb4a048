import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ask, knock } from '@clawster/gateway/conformance-answers';
import type { Ask, Knock } from '@clawster/gateway/conformance-answers';
import { trimmed } from '@clawster/gateway/conformance-shape';
import { playTurn, turns } from '@clawster/gateway/conformance-turns';
import { openWire, readSample } from '@clawster/gateway/conformance-wire';
import { startRealGateway } from './real-gateway.ts';

/** `node apps/supervisor/src/testing/record-samples.ts`: asks the real gateway anew all that the samples hold. */
const samples = resolve(import.meta.dirname, '../../../../packages/gateway/samples');
const gateway = await startRealGateway();
try {
  const handshake = [];
  for (const one of readSample<Knock[]>('handshake')) handshake.push(await knock(gateway, one));
  await write('handshake', handshake);

  const wire = await openWire(gateway);
  await write('greeting', [wire.frames[0], trimmed(wire.hello)]);
  const answers = [];
  for (const one of readSample<Ask[]>('answers')) answers.push(await ask(wire, one));
  wire.close();
  await write('answers', answers);

  for (const turn of turns) await write(`turn-${turn.name}`, await playTurn(gateway, turn));
} finally {
  await gateway.stop();
}

/** Neither the token nor where this machine keeps things is anyone's business. */
async function write(name: string, sample: unknown): Promise<void> {
  const text = JSON.stringify(sample, undefined, 2)
    .replaceAll(gateway.folder.directory, '/bot')
    .replaceAll(gateway.token, '<token>');
  await writeFile(join(samples, `${name}.json`), `${text}\n`);
}
