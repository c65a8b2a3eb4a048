import { api } from '@clawster/contract/api';
import { type Bot, BotName, BotSpec } from '@clawster/contract/bot';
import type { AdoptOrphan } from '@clawster/contract/orphan';
import { whyNotDeploy } from '@clawster/runtime/versions';
import { identityFrom } from '@clawster/domain/config/identity-from';
import { Refusal } from '@clawster/domain/refusal';
import { recommendedVersion } from '@clawster/runtime/versions';
import { getBot, lockBot } from '../bot/bot.queries.ts';
import { findConnector } from '../bot/fit.ts';
import { insertBot } from '../bot/insert-bot.ts';
import type { Caller } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { beginOperation } from '../operation/begin-operation.ts';
import type { ControlPlane } from '../plane.ts';
import { lockOrphan, type OrphanRow } from './orphan.queries.ts';
import { type LookedAt, lookAtOrphan } from './look-at-orphan.ts';
import { refuseUnlessOwn } from './whose-orphan.ts';

/**
 * Makes a bot of what lies on a target: one of this Clawster's goes on where it is, under its id; the state of another
 * one's is copied. What its folder says of it is taken over, all else is as in any new bot. It stays stopped unless asked.
 */
export async function adoptOrphan(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Bot> {
  const admitted = admit(api.orphans.adopt, caller);
  const looked = await lookAtOrphan(plane, admitted, parseInput(api.orphans.adopt, raw));
  return save(looked)(plane, caller, raw);
}

const save = (looked: LookedAt) =>
  command(api.orphans.adopt, async (context, asked) => {
    const { tx, caller, record } = context;
    const orphan = await lockOrphan(tx, caller, asked);
    refuseUnlessOwn(orphan);
    if (orphan.doomedAt) throw new Refusal('refused', `${orphan.name} is being destroyed already`);
    const name = nameOf(asked, orphan, looked);
    const id = await makeOf(context, { asked, orphan, looked, name });
    const { installation, botId } = orphan;
    const from = installation === '' ? {} : { installation, from: botId };
    await record({
      type: 'bot-adopted',
      subjectId: id,
      subjectName: name,
      detail: { targetId: orphan.targetId, ...from },
    });
    if (installation === '') await tx.deleteFrom('orphan').where('id', '=', orphan.id).execute();
    else
      await beginOperation(context, {
        kind: 'adoption',
        bot: await lockBot(tx, id),
        orphan: { installation, botId },
        isNew: true,
      });
    return getBot(tx, id);
  });

type Adopting = { asked: AdoptOrphan; orphan: OrphanRow; looked: LookedAt; name: string };

async function makeOf(context: CommandContext, { asked, orphan, looked, name }: Adopting): Promise<string> {
  const { tx } = context;
  const connector = await findConnector(tx, asked.connectorId);
  const { personality, settings } = identityFrom(looked.left.files);
  const spec = BotSpec.parse({
    desired: asked.start ? 'running' : 'stopped',
    runtimeVersion: versionOf(looked),
    connectorId: connector.id,
    model: connector.model,
    personality,
    memoryBytesMax: BotSpec.shape.memoryBytesMax.safeParse(looked.left.memoryBytesMax).data ?? memoryBytesUsual,
    modelCheck: true,
    settings,
  });
  const place = { name, labels: {}, targetId: orphan.targetId, connectorId: connector.id, spec };
  if (orphan.installation !== '') return insertBot(context, place);
  await refuseKnown(context, orphan);
  return insertBot(context, { ...place, id: orphan.botId, workloadGeneration: looked.generation + 1 });
}

const memoryBytesUsual = 2_000_000_000;

/** The version it ran, where that may still be run: its state is of that one. */
function versionOf({ left }: LookedAt): string {
  const version = BotSpec.shape.runtimeVersion.safeParse(left.runtimeVersion).data;
  return version !== undefined && whyNotDeploy(version) === undefined ? version : recommendedVersion;
}

function nameOf({ name }: AdoptOrphan, orphan: OrphanRow, { left }: LookedAt): string {
  const own = [orphan.name, left.name].find((one) => BotName.safeParse(one).success);
  const chosen = name ?? own;
  if (chosen !== undefined) return chosen;
  throw Refusal.at('name', 'invalid', 'Nothing there says what it was called, as a bot can be called: choose a name');
}

/** A row of a bot that was removed has its id still. */
async function refuseKnown({ tx }: CommandContext, { botId, name }: OrphanRow): Promise<void> {
  const known = await tx.selectFrom('bot').select('name').where('id', '=', botId).executeTakeFirst();
  if (known)
    throw new Refusal(
      'refused',
      `${name} was a bot of this workspace and was destroyed: what is left can be destroyed`,
    );
}
