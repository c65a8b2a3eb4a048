import { checkBotId } from '@clawster/target/bot-id';
import type { ConnectedTarget, StateTools } from '@clawster/target/target';
import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import { applyWorkload, type Engine, stopBot } from './apply.ts';
import { confine } from './confine.ts';
import { removeUnusedCompanions } from './companion.ts';
import { findBot, findVolume, removeContainers } from './bots.ts';
import { openImages } from './image.ts';
import { checkOurs, nameOf } from './labels.ts';
import { botsOn, leftBehindOf } from './lying-bots.ts';
import { unlessMissing } from './missing.ts';
import { removeNetwork } from './network.ts';
import { lastLines } from './output.ts';
import { placePlugin, removeUnusedPlugins } from './plugins.ts';
import { probeEngine } from './probe.ts';
import { seenOf } from './seen.ts';
import type { Settings } from './settings.ts';
import { exportState, importState } from './state-archive.ts';

/** Shared by all connections of this process; between two processes the engine decides, which has one container of a name. */
const inTurn = turns();

export function dockerTarget(engine: Docker, settings: Settings): ConnectedTarget {
  const { installation, image } = settings;
  const at = { engine, settings, images: openImages(engine, settings) };
  const find = (botId: string) => findBot(engine, installation, botId);
  const onBot = async <T>(botId: string, work: () => Promise<T>): Promise<T> => {
    checkBotId(botId);
    return inTurn(`${installation} ${botId}`, work);
  };
  return {
    // A built image is made from what is installed here.
    ...(image === undefined ? {} : { bringsRuntime: true }),
    probe: () => probeEngine(engine, settings),
    async inspect(botId) {
      checkBotId(botId);
      const known = await find(botId);
      return known ? seenOf(known) : { state: 'absent' };
    },
    apply: (workload) => onBot(workload.botId, () => applyWorkload(at, workload).then(at.images.cleanUp)),
    stop: (botId) => onBot(botId, async () => stopBot(await find(botId), settings)),
    remove: (botId, { deleteState }) =>
      onBot(botId, async () => {
        await stopBot(await find(botId), settings);
        await removeAll(at, botId);
        if (deleteState) await deleteVolume(engine, settings, botId);
        await at.images.cleanUp();
      }),
    placePlugin: (plugin) => placePlugin(at, plugin),
    confine: (lists) => confine(at, lists),
    bots: () => botsOn(engine, installation),
    ...readers(at, installation),
    of: (other) => ({ ...dockerTarget(engine, { ...settings, installation: other }), ...readers(at, other) }),
    async logs(botId, lines) {
      checkBotId(botId);
      const known = await find(botId);
      return known ? lastLines(known.container, lines) : [];
    },
    importState(botId, archive, tools) {
      // Its sender may break off before the engine has made what reads it; that is told below.
      archive.on('error', () => undefined);
      return onBot(botId, async () => {
        if ((await find(botId))?.about.State.Running) throw new Error('The bot runs: stop it to give it another state');
        await importState(at, archive, { botId, tools });
      });
    },
  };
}

/** Removes all of a bot but its state, with what only it still needed. */
async function removeAll({ engine, settings }: Engine, botId: string): Promise<void> {
  await removeContainers(engine, settings.installation, botId);
  await removeNetwork(engine, settings, botId);
  await removeUnusedCompanions(engine, settings);
  await removeUnusedPlugins(engine, settings.installation);
}

/** Reads what lies in volumes of this owner; what that takes on the engine for a moment is ours. */
function readers(at: Engine, owner: string) {
  return {
    async leftBehind(botId: string) {
      checkBotId(botId);
      return leftBehindOf(at, botId, owner);
    },
    async exportState(botId: string, tools: StateTools) {
      checkBotId(botId);
      return exportState(at, { botId, tools, owner });
    },
  };
}

async function deleteVolume(engine: Docker, { installation }: Settings, botId: string): Promise<void> {
  const known = await findVolume(engine, botId);
  if (!known) return;
  checkOurs(known.Labels, `The volume ${nameOf(botId)}`, installation);
  await unlessMissing(engine.getVolume(nameOf(botId)).remove());
}
