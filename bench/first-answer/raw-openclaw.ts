import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectGatewayPatiently, type GatewayClient } from '@clawster/gateway/client';
import { gatewayEnvironment, openclawFile } from '../../apps/supervisor/src/gateway/environment.ts';
import { botFolder, type BotFolder, makeFolder } from '../../apps/supervisor/src/gateway/folder.ts';
import { freePort } from '../../apps/supervisor/src/gateway/gateway-process.ts';
import { endTree } from '../../apps/supervisor/src/host/process-tree.ts';
import { readWorkload, type Workload } from '../../apps/supervisor/src/workload.ts';

/** What OpenClaw takes for itself, without us: until `/readyz` says so, for its first turn, and to the first words of its second. */
export type Raw = { start: number; firstTurn: number; secondTurn: number };

/**
 * Starts `openclaw gateway run` by hand, with the document, environment and compile cache of a bot that runs: only port
 * and folders differ. The bot's supervisor gives it the same secrets and the same model.
 */
export async function runRawOpenClaw(botDirectory: string): Promise<Raw> {
  const model = botFolder(botDirectory);
  const workload = await readWorkload(botDirectory);
  const directory = await mkdtemp(join(tmpdir(), 'clawster-raw-'));
  const folder = botFolder(directory);
  await makeFolder(folder);
  const port = await freePort();
  const document = (await readFile(model.config, 'utf8'))
    .replaceAll(model.workspace, folder.workspace)
    .replaceAll(model.openclawLog, folder.openclawLog)
    .replace(/"port": \d+/, `"port": ${port}`);
  await writeFile(folder.config, document, { mode: 0o600 });
  try {
    return await measure(workload, folder, { port, token: await gatewayToken(model.resolver) });
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function measure(workload: Workload, folder: BotFolder, address: { port: number; token: string }): Promise<Raw> {
  const startedAt = Date.now();
  const child = spawn(workload.runtime.node, [openclawFile(workload), 'gateway', 'run'], {
    env: gatewayEnvironment(workload, folder),
    cwd: folder.workspace,
    stdio: 'ignore',
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    const died = exited.then(([code]) => Promise.reject(new Error(`OpenClaw ended with exit code ${code}`)));
    died.catch(() => undefined);
    await Promise.race([untilReady(address.port), died]);
    const start = Date.now() - startedAt;
    const client = await connectGatewayPatiently(address, { deadlineMs: 30_000 });
    const firstTurn = await turn(client, 'Reply with OK.');
    const secondTurn = await turn(client, 'Who are you?');
    client.close();
    return { start, firstTurn: firstTurn.whole, secondTurn: secondTurn.firstWord };
  } finally {
    if (child.pid) await endTree(child.pid, 25_000);
    await exited;
  }
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    const body = (await response?.json().catch(() => undefined)) as { ready?: boolean } | undefined;
    if (body?.ready) return;
    await sleep(20);
  }
}

async function turn(client: GatewayClient, message: string): Promise<{ whole: number; firstWord: number }> {
  const askedAt = Date.now();
  let firstAt: number | undefined;
  const stopListening = client.onEvent(({ event, payload }) => {
    const { stream, data } = payload as { stream?: string; data?: { text?: string } };
    if (event === 'agent' && stream === 'assistant' && data?.text) firstAt ??= Date.now();
  });
  const sessionKey = `agent:main:bench-${randomUUID()}`;
  const outcome = await client.run(
    { message, sessionKey, idempotencyKey: randomUUID(), deliver: false, timeout: 120 },
    { timeoutMs: 180_000 },
  );
  stopListening();
  if (outcome.status !== 'ok') throw new Error(`A turn of OpenClaw ended with ${outcome.status}`);
  const whole = Date.now() - askedAt;
  return { whole, firstWord: firstAt === undefined ? whole : firstAt - askedAt };
}

/** Asked of the bot's supervisor as OpenClaw asks it. */
async function gatewayToken(resolver: string): Promise<string> {
  const child = spawn(resolver, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ protocolVersion: 1, provider: 'clawster', ids: ['gateway-token'] }));
  const { values } = JSON.parse(await text(child.stdout)) as { values: Record<string, string> };
  return values['gateway-token'] ?? '';
}
