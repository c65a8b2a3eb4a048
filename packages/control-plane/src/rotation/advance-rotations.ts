import { planRotation, type RotationStep } from '@clawster/domain/rotation/plan';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { destroyVersions } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { formerProof, type FormerProof } from './former-proof.ts';
import { lookAtBots } from './look-at-bots.ts';
import { tellBots } from '../bot/tell-bots.ts';

const job = 'advance-rotations';

type OpenRotation = {
  id: string;
  workspaceId: string;
  secretId: string;
  secretName: string;
  fromVersion: number;
  toVersion: number;
  phase: string;
  reason: string;
  wave: number;
  waves: number;
  revokeFormer: boolean;
};

/** Takes every rotation that goes on one step further, where there is one to take. */
export async function advanceRotations(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const ids = await keep(plane, (tx) =>
    tx.selectFrom('rotation').select('id').where('endedAt', 'is', null).orderBy('startedAt').execute(),
  );
  for (const { id } of ids) {
    if (signal.aborted) return;
    await advance(plane, id).catch(unlessOvertaken);
  }
}

/** Someone undid it, or another replica was there first. */
const overtaken = () => new Refusal('conflict', 'The rotation has gone on meanwhile');

function unlessOvertaken(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
}

async function advance(plane: ControlPlane, id: string): Promise<void> {
  const looked = await keep(plane, async (tx) => {
    const rotation = await lockOpen(tx, id);
    return rotation && { rotation, step: planRotation({ ...rotation, bots: await lookAtBots(tx, rotation) }) };
  });
  if (!looked) return;
  const { rotation, step } = looked;
  if (step.do === 'finish') return finish(plane, rotation, step.reason);
  const isNews = step.do === 'give' || (step.do === 'halt') !== (rotation.phase === 'halted');
  if (isNews) return take(plane, rotation, step);
  if (step.reason !== rotation.reason)
    await keep(plane, (tx) => tx.updateTable('rotation').set({ reason: step.reason }).where('id', '=', id).execute());
}

/** Undefined when it has ended, or another replica is at it. */
async function lockOpen(tx: Tx, id: string): Promise<OpenRotation | undefined> {
  return tx
    .selectFrom('rotation')
    .innerJoin('namedSecret', 'namedSecret.id', 'rotation.secretId')
    .select(['rotation.id', 'rotation.workspaceId', 'secretId', 'namedSecret.name as secretName', 'fromVersion'])
    .select(['toVersion', 'phase', 'reason', 'wave', 'waves', 'revokeFormer'])
    .where('rotation.id', '=', id)
    .where('endedAt', 'is', null)
    .forUpdate('rotation')
    .skipLocked()
    .executeTakeFirst();
}

type News = Exclude<RotationStep, { do: 'finish' }>;

async function take(plane: ControlPlane, { id, workspaceId, ...seen }: OpenRotation, step: News): Promise<void> {
  await change(plane, { workspaceId, job }, async ({ tx, record }) => {
    const rotation = await lockOpen(tx, id);
    if (rotation?.wave !== seen.wave || rotation.phase !== seen.phase) throw overtaken();
    await (step.do === 'give' ? give(tx, rotation, step.wave) : setPhase(tx, id, step));
    const type = step.do === 'give' ? 'rotation-advanced' : step.do === 'halt' ? 'rotation-halted' : 'rotation-resumed';
    const detail = step.do === 'give' ? { wave: step.wave, of: seen.waves } : { reason: step.reason };
    await record({ type, subjectId: id, subjectName: seen.secretName, detail });
  });
  if (step.do === 'give') plane.wake(['bot']);
}

function setPhase(tx: Tx, id: string, step: Exclude<News, { do: 'give' }>) {
  const phase = step.do === 'halt' ? 'halted' : 'running';
  return tx.updateTable('rotation').set({ phase, reason: step.reason }).where('id', '=', id).execute();
}

/** From here on these bots have the new value: those that run are sent it, the others get it when they start. */
async function give(tx: Tx, { id, waves }: OpenRotation, wave: number): Promise<void> {
  const given = await tx
    .updateTable('rotationBot')
    .set({ state: 'given', text: 'The new value is on its way', givenAt: sql<Date>`now()`, at: sql<Date>`now()` })
    .where('rotationId', '=', id)
    .where('wave', '=', wave)
    .where('state', '=', 'waiting')
    .returning('botId')
    .execute();
  await tellBots(
    tx,
    given.map(({ botId }) => botId),
  );
  const reason = `Wave ${wave} of ${waves} has begun`;
  await tx.updateTable('rotation').set({ phase: 'running', wave, reason }).where('id', '=', id).execute();
}

async function finish(plane: ControlPlane, rotation: OpenRotation, reason: string): Promise<void> {
  const { id, workspaceId, secretId, secretName, fromVersion, toVersion, revokeFormer } = rotation;
  const former = await formerProof(plane, rotation);
  await change(plane, { workspaceId, job }, async ({ tx, record }) => {
    if (!(await lockOpen(tx, id))) throw overtaken();
    await tx
      .updateTable('rotation')
      .set({ phase: 'done', reason, former: former ?? null, endedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    if (former) await keepProof(tx, { secretId, version: fromVersion, former });
    if (revokeFormer) await destroyVersions(tx, secretId, [fromVersion]);
    const detail = { version: toVersion, reason, ...(former ? { former: former.text } : {}) };
    await record({ type: 'rotation-ended', subjectId: id, subjectName: secretName, detail: { secretId, ...detail } });
  });
}

function keepProof(tx: Tx, { secretId, version, former }: { secretId: string; version: number; former: FormerProof }) {
  return tx
    .updateTable('namedSecretVersion')
    .set({ proof: former })
    .where('secretId', '=', secretId)
    .where('version', '=', version)
    .execute();
}
