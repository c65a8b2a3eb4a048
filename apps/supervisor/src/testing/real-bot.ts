import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configure } from '@clawster/link/supervisor-methods';
import { botFolder } from '../gateway/folder.ts';
import { startSupervisor } from '../supervisor.ts';
import { configuration } from './configuration.ts';
import { startLinkServer, until } from './link-server.ts';
import { realStartTimeoutMs, realWorkload } from './real-gateway.ts';
import { startRecordingProvider } from './recording-provider.ts';

/** One supervised bot with the real OpenClaw and a model provider that remembers what it was asked. */
export async function startRealBot(model: string) {
  const parent = await mkdtemp(join(tmpdir(), 'real-bot-'));
  const folder = botFolder(join(parent, 'bot'));
  const link = await startLinkServer();
  const provider = await startRecordingProvider();
  const workload = await realWorkload({ controlPlaneUrl: link.url });
  let wanted: Configure = configuration({
    model: { provider: 'openai-compatible', model, baseUrl: provider.baseUrl, apiKey: randomUUID() },
  });
  await mkdir(folder.directory, { mode: 0o700 });
  await writeFile(join(folder.directory, 'workload.json'), JSON.stringify(workload));
  const supervisor = await startSupervisor({ workload, directory: folder.directory, joinToken: randomUUID() });
  await until(() => link.introductions[0], 60_000, 'an introduction');
  const state = () => link.reports.at(-1);
  return {
    folder,
    link,
    provider,
    state,
    /** Asks for a change, and waits until the bot is ready with it. */
    async configure(change: Partial<Configure>) {
      wanted = { ...wanted, generation: wanted.generation + 1, ...change };
      await link.ask('configure', wanted);
      const { generation } = wanted;
      // It is ready with the one before until this one is proven.
      const isProven = async () => (await provenGeneration(folder.knownGood)) === generation;
      await until(isProven, realStartTimeoutMs, `generation ${generation} to be proven; last was ${state()?.reason}`);
    },
    /** What it answers, in a conversation of its own. */
    async hear(message: string): Promise<string> {
      const parts: { text?: string }[] = [];
      const turn = { conversation: randomUUID(), turnId: randomUUID(), message };
      const { outcome } = (await link.ask('turn.start', turn, parts)) as { outcome: string };
      if (outcome !== 'done') throw new Error(`The turn ${outcome}: ${JSON.stringify(parts.at(-1))}`);
      return parts.at(-1)?.text ?? '';
    },
    async stop() {
      supervisor.stop();
      await supervisor.ended;
      await link.close();
      await provider.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
async function provenGeneration(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { generation?: number }).generation;
}

export type RealBot = Awaited<ReturnType<typeof startRealBot>>;
