import type { Readable } from 'node:stream';
import { Refusal } from '@clawster/domain/refusal';
import { NoState } from '@clawster/target/no-state';
import { readAs } from '../../query.ts';
import { botOf, connectPlace, type OperatedBot, toolsFor } from '../place.ts';
import { refuseSamePlace } from '../remove-copy.ts';
import type { StepOutcome, Work } from '../take-step.ts';
import { unlessStalled } from '../unless-stalled.ts';
import { copyOrphan } from './adopt-steps.ts';

/** From one target straight into another, on no disk between; done again, it replaces the earlier copy. */
export async function copyState({ plane, operation, signal }: Work): Promise<StepOutcome> {
  const { workspaceId, kind, botId, sourceBotId, targetId } = operation;
  const bot = await botOf(plane, workspaceId, botId);
  if (kind === 'adoption') return copyOrphan({ plane, operation, signal });
  const source = kind === 'clone' && sourceBotId ? await botOf(plane, workspaceId, sourceBotId) : bot;
  const to = await connectPlace(plane, workspaceId, kind === 'move' && targetId ? targetId : bot.targetId);
  await refuseSamePlace(to, bot);
  const from = await connectPlace(plane, workspaceId, source.targetId);
  const tools = await toolsFor(plane, to, bot.spec);
  const archive = await from.exportState(source.id, await toolsFor(plane, from, source.spec)).catch(ifNone);
  if (!archive) return nothingToCopy(plane, { source, kind });
  const watched = unlessStalled(archive, signal);
  await to.importState(bot.id, watched, tools).finally(() => watched.destroy());
  return {};
}

function ifNone(error: unknown): Readable | undefined {
  if (error instanceof NoState) return undefined;
  throw error;
}

/** A bot that was never started moves as it is. One that was must have a state, or it is lost and nobody may go on. */
async function nothingToCopy(
  plane: Work['plane'],
  { source, kind }: { source: OperatedBot; kind: Work['operation']['kind'] },
): Promise<StepOutcome> {
  const started = await readAs(plane, source, (tx) =>
    tx.selectFrom('link').select('botId').where('botId', '=', source.id).executeTakeFirst(),
  );
  if (kind === 'clone') throw new Refusal('refused', `${source.name} has no memory yet: it has not been started`);
  if (started) throw new Refusal('refused', `The state of ${source.name} is not where it should be: it was not moved`);
  return { detail: 'It has no state yet' };
}
