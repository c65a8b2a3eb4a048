import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { effectiveOf } from '@clawster/domain/config/effective';
import { secretIds } from '@clawster/link/supervisor-methods';
import { testRuntime } from '@clawster/runtime/testing';
import { fillDocument, writeDocument } from '../gateway/document.ts';
import { botFolder, makeFolder } from '../gateway/folder.ts';
import type { BotFolder } from '../gateway/folder.ts';
import { freePort, startGatewayProcess } from '../gateway/gateway-process.ts';
import type { GatewayProcess } from '../gateway/gateway-process.ts';
import { untilReadyz } from '../gateway/readiness.ts';
import { writeWorkspaceFiles } from '../gateway/workspace.ts';
import { openModelGateway } from '../model-gateway/model-gateway.ts';
import { createSecrets, serveSecrets } from '../secrets.ts';
import type { Workload } from '../workload.ts';

/** How long a first start may take on a busy machine. */
export const realStartTimeoutMs = 300_000;

/** What is otherwise than of every bot. */
type Difference = {
  adapt?: (document: Record<string, unknown>) => Record<string, unknown>;
  secrets?: Record<string, string>;
  runtime?: Workload['runtime'];
};

/** The real OpenClaw with the document every bot gets and the demo model, started as a supervisor starts it. */
export async function startRealGateway({ adapt = (document) => document, secrets: own, ...change }: Difference = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'real-gateway-'));
  const folder = botFolder(directory);
  await makeFolder(folder);
  const workload = await realWorkload(change);
  const modelGateway = await openModelGateway({ onCall: () => {} });
  modelGateway.setUpstream({ provider: 'demo', model: 'demo' });
  const token = randomUUID();
  const secrets = createSecrets();
  const give = (some: Record<string, string> = {}) =>
    secrets.replace({ [secretIds.gatewayToken]: token, [secretIds.modelKey]: modelGateway.key, ...some });
  give(own);
  const secretServer = await serveSecrets(secrets, { ...folder, node: workload.runtime.node });
  const port = await freePort();
  const { document, files } = effectiveOf({ name: 'Ada', provider: 'demo', model: 'demo' });
  const values = {
    port,
    modelUrl: `http://127.0.0.1:${modelGateway.port}/v1`,
    telegramUrl: 'http://127.0.0.1:9',
    teamUrl: 'http://127.0.0.1:8',
    bridge: '/bot/bridge',
    workspace: folder.workspace,
    logFile: folder.openclawLog,
    resolver: folder.resolver,
  };
  await writeDocument(folder.config, fillDocument(adapt(document), values));
  await writeWorkspaceFiles(folder.workspace, files);
  let gateway: GatewayProcess | undefined;
  async function stop() {
    await gateway?.stop();
    await secretServer.close();
    await modelGateway.close();
    await rm(directory, { recursive: true, force: true });
  }
  try {
    gateway = await startUntilReady({ workload, folder, port });
    return { port, token, folder, give, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Start = { workload: Workload; folder: BotFolder; port: number };

/** On a busy machine OpenClaw gives up its start at times; a supervisor would start it again. */
async function startUntilReady(start: Start, triesMax = 3): Promise<GatewayProcess> {
  const over = new AbortController();
  const gateway = await startGatewayProcess(start.workload, start.folder, over);
  const ready = untilReadyz(start.port, { timeoutMs: realStartTimeoutMs, signal: over.signal }).then(() => undefined);
  ready.catch(() => {});
  const exit = await Promise.race([ready, gateway.exited]).catch(async (error: unknown) => {
    await gateway.stop();
    throw error;
  });
  over.abort(new Error('It is settled'));
  if (!exit) return gateway;
  if (triesMax > 1) return startUntilReady(start, triesMax - 1);
  throw new Error(`The gateway ended while it started:\n${exit.lastLines.join('\n')}`);
}

/** What a target would hand over to run the real OpenClaw. */
export async function realWorkload(change: Partial<Workload> = {}): Promise<Workload> {
  return {
    botId: randomUUID(),
    botName: 'Ada',
    generation: 1,
    controlPlaneUrl: '',
    memoryBytesMax: 4e9,
    runtime: await testRuntime(),
    supervisor: { file: '', version: '0.1.0' },
    ...change,
  };
}
