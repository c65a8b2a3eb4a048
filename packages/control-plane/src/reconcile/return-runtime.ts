import { sql } from 'kysely';
import { lockBot } from '../bot/bot.queries.ts';
import { proposeBot } from '../bot/propose-bot.ts';
import { saveProposal } from '../bot/save-proposal.ts';
import { change } from '../change.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import type { ControlPlane } from '../plane.ts';
import { LeaseLost, type LeasedBot } from './lease-bots.ts';

const job = 'reconcile-bots';

/**
 * Gives a bot back the OpenClaw it was last well with, after the one it was given did not come up; its state and all else
 * that is wanted of it stay. Told as a roll-back that nobody had to ask for.
 */
export async function returnRuntime(plane: ControlPlane, bot: LeasedBot, version: string): Promise<void> {
  const { workspaceId } = bot;
  await change(plane, { workspaceId, job }, async ({ tx, record }) => {
    await lockLayers(tx, workspaceId, 'use');
    const locked = await lockBot(tx, bot.id);
    if (locked.generation !== bot.generation || locked.epoch !== bot.epoch) throw new LeaseLost(bot.name);
    const { number } = await tx
      .selectFrom('revision')
      .select(sql<number>`max(number)::float8`.as('number'))
      .where('botId', '=', bot.id)
      .where('verdict', '=', 'good')
      .executeTakeFirstOrThrow();
    const reason = `OpenClaw ${bot.spec.runtimeVersion} did not come up: it has ${version} again`;
    const proposal = await proposeBot(tx, workspaceId, { bot: locked, changes: { runtimeVersion: version } });
    const by = { tx, workspaceId, author: { kind: 'system' as const, job } };
    const told = await saveProposal(by, locked, { ...proposal, cause: { kind: 'rollback', number }, reason });
    await record({
      type: 'bot-rolled-back',
      subjectId: bot.id,
      subjectName: bot.name,
      detail: { ...told, to: number, reason },
    });
    bot.generation = locked.generation + 1;
  });
  bot.spec = { ...bot.spec, runtimeVersion: version };
  bot.workloadGeneration += 1;
}
