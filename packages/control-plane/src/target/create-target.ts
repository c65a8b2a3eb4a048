import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { CreateTarget, Target } from '@clawster/contract/target';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { withDeadline } from '../reconcile/observe.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { engineIn, refuseEngine, settingsOf, type TargetSettings } from './engine-settings.ts';
import { selectTargets, toTarget } from './target.queries.ts';
import { targetKeyPlace } from './target-key.ts';

const probeMs = 20_000;

/**
 * Adds a place where bots can run; refuses a name that is taken. An engine is asked first, and refused with what it said
 * if no bot could be put there; the key it is reached with is stored encrypted and not to be read again.
 */
export async function createTarget(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Target> {
  admit(api.targets.create, caller);
  const engine = engineIn(parseInput(api.targets.create, raw));
  if (!engine) return save({ settings: {}, key: undefined })(plane, caller, raw);
  await refuseEngine(engine, { allowPrivate: plane.settings.allowPrivateAddresses });
  const taken = settingsOf(engine);
  return save({ ...taken, health: await probeOrRefuse(plane, engine.kind, taken) })(plane, caller, raw);
}

type Probed = TargetSettings & { health?: Target['health'] };

const save = ({ settings, key, health }: Probed) =>
  command(api.targets.create, async ({ tx, caller, record, plane }, input) => {
    const { name, kind } = input;
    const { workspaceId } = caller;
    const { id } = await unlessNameTaken('target', name, () =>
      tx
        .insertInto('target')
        .values({ workspaceId, name, kind, settings, ...(health ? { health } : {}) })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    if (key) await storeSecret(tx, plane.keys, { ...targetKeyPlace(workspaceId, id), value: key });
    await record({ type: 'target-created', subjectId: id, subjectName: name, detail: { kind, ...whereIs(input) } });
    return toTarget(await selectTargets(tx).where('id', '=', id).executeTakeFirstOrThrow());
  });

async function probeOrRefuse(
  plane: ControlPlane,
  kind: string,
  { settings, key }: TargetSettings,
): Promise<NonNullable<Target['health']>> {
  const ask = async () => (await plane.connectTarget({ id: randomUUID(), kind, settings }, key ?? '')).probe();
  const answer = await withDeadline(ask(), probeMs).catch((error: unknown) => ({
    ok: false,
    message: `The engine does not answer: ${error instanceof Error ? error.message : String(error)}`,
  }));
  if (!answer.ok) throw new Refusal('refused', answer.message);
  return { ...answer, checkedAt: new Date().toISOString() };
}

function whereIs(input: CreateTarget): Record<string, string> {
  const connection = engineIn(input)?.connection;
  if (!connection) return {};
  return { via: connection.via, where: connection.via === 'socket' ? connection.path : connection.host };
}
