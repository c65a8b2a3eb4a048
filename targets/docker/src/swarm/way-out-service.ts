import { createHash } from 'node:crypto';
import type { Egress, EgressLists } from '@clawster/target/egress';
import type { ContainerSpec, ServiceSpec } from 'dockerode';
import { egressPort, listsFile } from '../egress.ts';
import { label } from '../labels.ts';
import { place, user } from '../place.ts';
import type { Swarm } from './apply-service.ts';
import { findBot, type KnownBot } from './bot-service.ts';
import {
  besideBot,
  companionOf,
  companionService,
  findCompanion,
  isMadeSo,
  putCompanion,
  turnOf,
} from './companion-service.ts';
import { keepList, type KeptText, removeLists } from './kept-text.ts';
import { subnetOf } from './networks.ts';

/** Where a bot finds its egress proxy: by the name of that service, which is looked up on the bot's own node. */
export const wayOutOf = (botId: string): string => `${companionOf('egress', botId)}:${egressPort}`;

/**
 * Lets a bot that runs reach what its list names, by an egress proxy beside it on its node; a bot without a list reaches
 * nothing. A list never changes: another one takes a new task of the proxy's, which ends what was open through it.
 */
export function letOut(at: Swarm, { botId, egress }: { botId: string; egress?: Egress | undefined }): Promise<void> {
  const { engine, settings } = at;
  const { installation } = settings;
  return besideBot(turnOf(settings, botId), async () => {
    // What it may say to its proxy is read here, in turn: it may just have been started anew.
    const bot = await findBot(engine, installation, botId);
    const credentialHash = bot?.labels[label.credentialHash];
    if (!bot?.isOn || !credentialHash) return;
    const networks = [await subnetOf(engine, settings, botId)];
    const list = textOf({ bots: egress ? [{ botId, credentialHash, networks, ...egress }] : [] });
    const proxy = egressService(at, bot, list);
    const known = await findCompanion(engine, settings, { role: 'egress', botId });
    if (known && isMadeSo(known, proxy)) return;
    const kept = await keepList(engine, { installation, botId }, list);
    try {
      await putCompanion(engine, known, goingBy(kept, withTold(proxy, known?.Spec)));
    } finally {
      await removeLists(engine, { installation, botId });
    }
  });
}

const textOf = (lists: EgressLists): string => `${JSON.stringify(lists)}\n`;

function egressService({ settings }: Swarm, { labels, node }: KnownBot, list: string): ServiceSpec {
  return companionService(settings, {
    role: 'egress',
    botId: labels[label.bot] ?? '',
    node,
    command: [place.egress, String(egressPort), listsFile],
    labels: { [label.list]: createHash('sha256').update(list).digest('hex') },
  });
}

/** What was told of its refusals was told, whatever it is made of. */
function withTold(spec: ServiceSpec, before: ServiceSpec | undefined): ServiceSpec {
  const told = before?.Labels?.[label.told];
  return told === undefined ? spec : { ...spec, Labels: { ...spec.Labels, [label.told]: told } };
}

function goingBy({ id, name }: KeptText, spec: ServiceSpec): ServiceSpec {
  const { ContainerSpec, ...task } = spec.TaskTemplate as { ContainerSpec: ContainerSpec };
  const File = { Name: listsFile, UID: String(user.uid), GID: String(user.gid), Mode: 0o400 };
  const Configs = [{ ConfigID: id, ConfigName: name, File }];
  return { ...spec, TaskTemplate: { ...task, ContainerSpec: { ...ContainerSpec, Configs } } };
}
