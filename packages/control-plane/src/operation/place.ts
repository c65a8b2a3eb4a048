import type { BotSpec } from '@clawster/contract/bot';
import { Refusal } from '@clawster/domain/refusal';
import type { ConnectedTarget, StateTools } from '@clawster/target/target';
import { specOf } from '../bot/bot.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';

const connectMs = 15_000;
const nowhere = { node: '' };

/** A bot as an operation needs it. */
export async function botOf(plane: ControlPlane, workspaceId: string, botId: string) {
  const row = await readAs(plane, { workspaceId }, (tx) =>
    tx.selectFrom('bot').selectAll().where('id', '=', botId).executeTakeFirstOrThrow(),
  );
  return { ...row, spec: specOf(row.spec), status: row.status as { reason: string } };
}
export type OperatedBot = Awaited<ReturnType<typeof botOf>>;

/** A target that can hand state on, with its name for sentences. */
export type StatePlace = Required<Pick<ConnectedTarget, 'inspect' | 'remove' | 'exportState' | 'importState'>> &
  Pick<ConnectedTarget, 'of'> & {
    name: string;
    /** Whether an OpenClaw on this machine is of use there. */
    needsRuntime: boolean;
  };

export async function connectPlace(plane: ControlPlane, workspaceId: string, targetId: string): Promise<StatePlace> {
  const row = await readAs(plane, { workspaceId }, (tx) =>
    tx
      .selectFrom('target')
      .select(['id', 'name', 'kind', 'settings'])
      .where('id', '=', targetId)
      .executeTakeFirstOrThrow(),
  );
  const target = await withDeadline(plane.connectTarget(row), connectMs);
  if (!target.exportState || !target.importState)
    throw new Refusal('refused', `${row.name} cannot hand on or take the state of a bot`);
  return {
    name: row.name,
    needsRuntime: !target.bringsRuntime,
    inspect: (id) => target.inspect(id),
    remove: (id, options) => target.remove(id, options),
    exportState: target.exportState.bind(target),
    importState: target.importState.bind(target),
    ...(target.of ? { of: target.of.bind(target) } : {}),
  };
}

/** What packs and unpacks at this place the state of a bot of this OpenClaw version. */
export async function toolsFor(
  plane: ControlPlane,
  { needsRuntime }: Pick<StatePlace, 'needsRuntime'>,
  { runtimeVersion }: Pick<BotSpec, 'runtimeVersion'>,
): Promise<StateTools> {
  const runtime = needsRuntime ? await plane.runtimes.installed(runtimeVersion) : nowhere;
  if (!runtime) throw new Refusal('refused', `OpenClaw ${runtimeVersion} is not installed: install it, then try again`);
  return { node: runtime.node, supervisor: { file: plane.settings.supervisorFile, version: plane.settings.version } };
}
