import { egressCredential } from '@clawster/target/egress';
import type { Workload } from '@clawster/target/target';
import type Docker from 'dockerode';
import { findBot, findVolume, type Known } from './bots.ts';
import { companionName, inTurn, standBeside } from './companion.ts';
import { egressOf, egressPort, lineOf, listBot } from './egress.ts';
import type { Images } from './image.ts';
import { checkOurs, label, nameOf } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { type BotNetwork, ensureBotNetwork } from './network.ts';
import { obey } from './obeyed-copy.ts';
import { removeUnusedPlugins } from './plugins.ts';
import { rejoin } from './rejoin.ts';
import { relayOf } from './relay.ts';
import { onOneEngine, type Settings } from './settings.ts';
import { botContainer, type BotParts, startBot } from './start-bot.ts';
import { readFile, writeFile } from './volume-files.ts';
import { type WayHome, wayHome } from './way-home.ts';

export type Engine = { engine: Docker; settings: Settings; images: Images };

/** Starts the bot, or replaces an older generation of it; a container is never changed, but made anew. */
export async function applyWorkload(at: Engine, workload: Workload): Promise<void> {
  const { engine, settings } = at;
  const home = wayHome(settings);
  if (typeof home === 'string') throw new Error(home);
  const known = await findBot(engine, settings.installation, workload.botId);
  if (known) await obey(known.container, workload);
  if (known && known.generation > workload.generation) return;
  const runs = known?.about.State.Running === true && known.generation === workload.generation;
  const image = await at.images.bot({ ...workload, node: workload.runtime.node });
  const network = await connect(at, workload, home);
  if (known && runs && (await rejoin(engine, known, { network, home }))) return tellAddress(known, home);
  await stopBot(known, settings);
  await unlessMissing(known?.container.remove({ force: true }) ?? Promise.resolve());
  await makeVolume(engine, settings, workload.botId);
  await begin(engine, { workload, image, network, home, settings });
  await removeUnusedPlugins(engine, settings.installation);
}

/** Asked first, so that the gateway closes its databases; killed when it does not end in time. */
export async function stopBot(known: Known | undefined, { stopTimeoutMs }: Settings): Promise<void> {
  if (!known?.about.State.Running) return;
  await unlessMissing(known.container.stop({ t: Math.ceil(stopTimeoutMs / 1000) }));
}

/** The bot's volume, made where there is none. */
export async function makeVolume(engine: Docker, { installation }: Settings, botId: string): Promise<void> {
  const known = await findVolume(engine, botId);
  if (known) return checkOurs(known.Labels, `The volume ${nameOf(botId)}`, installation);
  const labels = { [label.installation]: installation, [label.role]: 'bot', [label.bot]: botId };
  await engine.createVolume({ Name: nameOf(botId), Labels: labels });
}

/** Lets the bot reach its control plane, and the proxy that lets it reach what its list names. */
async function connect({ engine, settings, images }: Engine, workload: Workload, home: WayHome): Promise<BotNetwork> {
  const [network, image] = await Promise.all([
    ensureBotNetwork(engine, settings, workload.botId),
    images.tools({ node: workload.runtime.node, supervisor: workload.supervisor }),
  ]);
  const companions = [relayOf(image, home), egressOf(image, settings.installation)];
  await inTurn(onOneEngine(settings), () =>
    allDone(companions.map((companion) => standBeside(engine, settings, { companion, network }))),
  );
  return network;
}

/** Waits for all of them, also where one fails: nobody's turn comes while another is at work. */
async function allDone(works: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** What is made and may not start is taken back; the volume, which another copy's bot may have, stays. */
async function begin(engine: Docker, place: Omit<BotParts, 'credential'>): Promise<void> {
  const { workload, network } = place;
  const parts = { ...place, credential: egressCredential(workload.botId, `${network.egress}:${egressPort}`) };
  const container = await engine.createContainer(botContainer(parts));
  try {
    await obey(container, workload);
    await letOut(engine, parts);
    await startBot(container, parts);
  } catch (error) {
    await unlessMissing(container.remove({ force: true }));
    throw error;
  }
}

/** The bot's list holds before its first moment; later ones come by `confine`. */
async function letOut(engine: Docker, { workload, network, credential, settings }: BotParts): Promise<void> {
  const { botId, egress } = workload;
  if (!egress) return;
  const { installation } = settings;
  const line = lineOf({ botId, credentialHash: credential.credentialHash, address: network.bot }, egress);
  const proxy = engine.getContainer(companionName('egress', installation));
  await inTurn(onOneEngine(settings), () => listBot(proxy, line));
}

/** A running supervisor reads the control plane's address at each reconnect, so a moved server is found again. */
async function tellAddress({ container }: Known, home: WayHome): Promise<void> {
  const text = await readFile(container, 'workload.json');
  // Not written yet: the supervisor was told on its standard input.
  if (text === undefined) return;
  const workload = JSON.parse(text) as { controlPlaneUrl?: string };
  if (workload.controlPlaneUrl === home.url) return;
  await writeFile(
    container,
    'workload.json',
    `${JSON.stringify({ ...workload, controlPlaneUrl: home.url }, null, 2)}\n`,
  );
}
