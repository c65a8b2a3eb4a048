import { Id } from '@clawster/contract/page';
import type { AdoptOrphan } from '@clawster/contract/orphan';
import { Refusal } from '@clawster/domain/refusal';
import type { LeftBehind } from '@clawster/target/left-behind';
import { type ConnectedTarget, type OthersBots, whyNotApply } from '@clawster/target/target';
import type { SignedIn } from '../caller.ts';
import { copyOf } from '../installation/installation.queries.ts';
import { whyOvertaken } from '../installation/overtaken.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';
import { isVisible } from '../is-visible.ts';
import { findOrphan, type OrphanRow } from './orphan.queries.ts';

/** What was seen of an orphan where it lies. */
export type LookedAt = { left: LeftBehind; generation: number };

/** An image may have to be pulled for the look. */
const lookMs = 50_000;

/** Looks at an orphan before it is adopted; refuses one that obeys a newer copy, or whose place cannot say. */
export async function lookAtOrphan(plane: ControlPlane, caller: SignedIn, asked: AdoptOrphan): Promise<LookedAt> {
  const overtaken = await whyOvertaken(plane);
  if (overtaken) throw new Refusal('refused', overtaken);
  const { orphan, target } = await readAs(plane, caller, async (tx) => {
    const found = await findOrphan(tx, caller, asked);
    const row = await tx
      .selectFrom('target')
      .select(['id', 'name', 'kind', 'settings'])
      .where('id', '=', found.targetId)
      .where(isVisible('target'))
      .executeTakeFirstOrThrow();
    return { orphan: found, target: row };
  });
  if (orphan.installation === '' && !Id.safeParse(orphan.botId).success)
    throw new Refusal('refused', `${orphan.name} bears no id that a bot of Clawster's can have: it cannot be adopted`);
  const connected = await withDeadline(plane.connectTarget(target), lookMs);
  const whose = orphan.installation === '' ? connected : connected.of?.(orphan.installation);
  if (!whose) throw new Refusal('refused', `${target.name} has no bots of other Clawsters`);
  return look(plane, whose, orphan);
}

async function look(
  plane: ControlPlane,
  whose: ConnectedTarget | OthersBots,
  { botId, name }: OrphanRow,
): Promise<LookedAt> {
  const seen = await withDeadline(whose.inspect(botId), lookMs);
  const obeyed = 'copy' in seen ? seen.copy : undefined;
  const why = whyNotApply(obeyed, { copy: await copyOf(plane) });
  if (why) throw new Refusal('refused', `${name} cannot be adopted. ${why}`);
  const generation = 'generation' in seen ? seen.generation : 0;
  const left = await withDeadline(whose.leftBehind?.(botId) ?? Promise.resolve({ files: {} }), lookMs);
  return { left, generation };
}
