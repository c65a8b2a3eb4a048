import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInstallation } from './installation.ts';

/** Where a bot asks its model, and with which key, as OpenClaw is told them. */
export type ModelDoor = { botId: string; url: string; key: string };

/** What OpenClaw would know of a bot's model. */
export async function modelDoorOf({ botsFolder }: FaultInstallation, botId: string): Promise<ModelDoor> {
  const folder = join(botsFolder, botId);
  const document = JSON.parse(await readFile(join(folder, 'openclaw.json'), 'utf8')) as {
    models: { providers: { clawster: { baseUrl: string } } };
  };
  return { botId, url: document.models.providers.clawster.baseUrl, key: await resolved(folder, 'model-key') };
}

function resolved(folder: string, id: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(join(folder, 'resolver'), (error, stdout) => {
      if (error) return reject(error);
      resolve((JSON.parse(stdout) as { values: Record<string, string> }).values[id] ?? '');
    });
    child.stdin?.end(JSON.stringify({ protocolVersion: 1, provider: 'clawster', ids: [id] }));
  });
}

/** One call, by the clock of whoever made it; `refused` is what was said instead of an answer. */
export type CallMade = { botId: string; startedAt: number; endedAt: number; refused?: string };
export type Callers = { calls: CallMade[]; stop(): Promise<void> };

/** Has each bot's model asked so often in a minute, whether the one before was answered or not. */
export function startCallers(doors: readonly ModelDoor[], perMinute: number): Callers {
  const calls: CallMade[] = [];
  const underWay = new Set<Promise<void>>();
  const over = new AbortController();
  const pauseMs = 60_000 / perMinute;
  const begin = (door: ModelDoor) => {
    const call = ask(door)
      .then((made) => void calls.push(made))
      .finally(() => underWay.delete(call));
    underWay.add(call);
  };
  const callers = doors.map(async (door, index) => {
    await sleep((pauseMs * index) / doors.length);
    while (!over.signal.aborted) {
      begin(door);
      await sleep(pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  });
  return {
    calls,
    async stop() {
      over.abort();
      await Promise.all(callers);
      await Promise.all(underWay);
    },
  };
}

async function ask({ botId, url, key }: ModelDoor): Promise<CallMade> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'recorder-1', messages: [{ role: 'user', content: 'Hi' }] }),
  });
  const body = (await response.json()) as { error?: { message: string } };
  const made = { botId, startedAt, endedAt: performance.now() };
  return response.ok ? made : { ...made, refused: body.error?.message ?? `HTTP ${response.status}` };
}
