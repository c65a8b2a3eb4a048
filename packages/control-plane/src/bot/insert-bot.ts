import { randomBytes } from 'node:crypto';
import type { BotSpec, BotStatus } from '@clawster/contract/bot';
import type { Labels } from '@clawster/contract/label';
import type { StoredTemplate } from '@clawster/domain/config/layers-of';
import { Refusal } from '@clawster/domain/refusal';
import { secretIds } from '@clawster/link/supervisor-methods';
import { actorOf } from '../caller.ts';
import type { CommandContext } from '../command.ts';
import { issuesOf } from '../configuration/judge.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { insertRevisions } from '../revision/insert-revisions.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { keepBuiltIn } from '../template/find-template.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { configurationOfNew, type ProposedBot } from './propose-bot.ts';

export type NewBot = {
  /** Of one whose state lies on its target already, with a generation above that of what may run there. */
  id?: string;
  workloadGeneration?: number;
  name: string;
  targetId: string;
  connectorId: string;
  labels: Labels;
  spec: BotSpec;
  /** The one its spec names, where it is not known to be kept yet. */
  template?: StoredTemplate | undefined;
};

/**
 * Stores a new bot with a gateway token of its own, which is never shown, and its first revision; refuses a name that is
 * taken, and layers that its OpenClaw could not take over.
 */
export async function insertBot(context: CommandContext, { template, ...bot }: NewBot): Promise<string> {
  const { tx, caller, plane } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'use');
  const status = firstStatus(bot.spec, new Date());
  const { id, generation } = await unlessNameTaken('bot', bot.name, () =>
    tx
      .insertInto('bot')
      .values({ ...bot, workspaceId, status, phase: status.phase })
      .returning(['id', 'generation'])
      .executeTakeFirstOrThrow(),
  );
  await beginHistory(context, { ...bot, id, generation }, template);
  await storeSecret(tx, plane.keys, {
    workspaceId,
    ownerKind: 'bot',
    ownerId: id,
    field: secretIds.gatewayToken,
    value: randomBytes(32).toString('base64url'),
  });
  return id;
}

async function beginHistory(
  { tx, caller }: CommandContext,
  bot: ProposedBot,
  template: StoredTemplate | undefined,
): Promise<void> {
  const { workspaceId } = caller;
  if (template) await keepBuiltIn(tx, workspaceId, template);
  const { configured, configuration } = await configurationOfNew(tx, workspaceId, { bot, template });
  const issues = issuesOf({ configuration, version: bot.spec.runtimeVersion });
  const [issue] = issues;
  if (issue) throw new Refusal('refused', issue.message, { issues: issues.slice(0, 20) });
  await insertRevisions(tx, { workspaceId, author: actorOf(caller), cause: { kind: 'first' }, reason: '' }, [
    { bot: configured, number: bot.generation, after: configuration },
  ]);
}

function firstStatus({ desired }: BotSpec, now: Date): BotStatus {
  const [phase, reason] =
    desired === 'running' ? (['pending', 'On its way'] as const) : (['stopped', 'Not started yet'] as const);
  return { phase, reason, since: now.toISOString(), evidence: [], steps: [], observedGeneration: 0, restartCount: 0 };
}
