import type { Client } from '@clawster/client/client';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import Docker from 'dockerode';
import type { StandIns } from '../../apps/server/src/build-plane.ts';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { freshClawster } from './fresh-clawster.ts';

/** A whole Clawster, in this process, with a real engine as a target. */
export type ClawsterOnEngine = {
  client: Client;
  engine: Docker;
  targetId: string;
  /** The bot's containers, running or not. */
  containers(botId: string): Promise<Docker.Container[]>;
  /** Waits until the bot is in this phase. */
  until(botId: string, phase: BotPhase, msMax?: number): Promise<Bot>;
  /** Asks its database, or changes what no request can. */
  rows(query: string): Promise<Record<string, unknown>[]>;
  /** Ends it, and leaves nothing on the engine. */
  close(): Promise<void>;
};

type Options = { socket: string; baseImage: string; runtimes: string; standIns?: StandIns };

export async function clawsterOnEngine({ socket, baseImage, runtimes, standIns }: Options): Promise<ClawsterOnEngine> {
  const engine = new Docker({ socketPath: socket });
  const { shared, server, client } = await freshClawster({ runtimes, ...(standIns ? { standIns } : {}) });
  const connection = { via: 'socket' as const, path: socket };
  const { id: targetId } = await client.targets.create({ name: 'Engine', kind: 'docker', connection, baseImage });
  return {
    client,
    engine,
    targetId,
    async containers(botId) {
      const filters = { label: [`dev.clawster.bot=${botId}`, 'dev.clawster.role=bot'] };
      const found = await engine.listContainers({ all: true, filters });
      return found.map(({ Id }) => engine.getContainer(Id));
    },
    async until(botId, phase, msMax = 120_000) {
      for (const deadline = Date.now() + msMax; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
        const bot = await client.bots.get({ botId });
        if (bot.status.phase === phase) return bot;
        if (Date.now() > deadline)
          throw new Error(`${bot.name} is not ${phase} but ${bot.status.phase}: ${bot.status.reason}`);
      }
    },
    rows: (query) => shared.database.rows(query),
    async close() {
      await server.stop();
      const [row] = await shared.database.rows('select id from installation');
      await wipe(engine, String(row?.['id']));
      await shared.close();
    },
  };
}
