import type { BotSpec } from '@clawster/contract/bot';
import type { Labels } from '@clawster/contract/label';
import type { LayerStore, StoredTemplate } from '@clawster/domain/config/layers-of';
import { type ConfiguredBot, configurationBy, readBotConnector } from '../configuration/configured-bot.ts';
import { type Changed, impactOn } from '../configuration/impact.ts';
import { readLayers } from '../configuration/layer-store.ts';
import type { Tx } from '../transaction.ts';
import { type SpecChanges, specWith } from './spec-with.ts';

/** What of a bot's row its configuration is made of. */
export type ProposedBot = {
  id: string;
  name: string;
  labels: Labels;
  spec: BotSpec;
  generation: number;
};
export type BotProposal = { spec: BotSpec; changed: Changed; template: StoredTemplate | undefined };

/** What changes of a bot itself come to; nothing is written. */
export async function proposeBot(
  tx: Tx,
  workspaceId: string,
  { bot, changes }: { bot: ProposedBot; changes: SpecChanges },
): Promise<BotProposal> {
  const { spec, template } = await specWith(tx, workspaceId, { spec: bot.spec, changes });
  const store = withTemplate(await readLayers(tx, workspaceId, [bot]), template);
  const before = await configuredBot(tx, bot);
  const isSame = spec.connectorId === bot.spec.connectorId;
  const after = isSame ? { ...before, spec } : await configuredBot(tx, { ...bot, spec });
  const [changed] = impactOn([{ before, after }], { before: store, after: store });
  return { spec, template, changed: changed as Changed };
}

/** What other labels of a bot come to. */
export async function proposeLabels(
  tx: Tx,
  workspaceId: string,
  { bot, labels }: { bot: ProposedBot; labels: Labels },
): Promise<Changed> {
  const store = await readLayers(tx, workspaceId, [bot]);
  const before = await configuredBot(tx, bot);
  const [changed] = impactOn([{ before, after: { ...before, labels } }], { before: store, after: store });
  return changed as Changed;
}

/** What a bot that is not there yet comes to. */
export async function configurationOfNew(
  tx: Tx,
  workspaceId: string,
  { bot, template }: { bot: ProposedBot; template: StoredTemplate | undefined },
) {
  const configured = await configuredBot(tx, bot);
  return {
    configured,
    configuration: configurationBy(withTemplate(await readLayers(tx, workspaceId, [bot]), template), configured),
  };
}

function withTemplate(store: LayerStore, template: StoredTemplate | undefined): LayerStore {
  return template ? { ...store, templates: [template, ...store.templates] } : store;
}

async function configuredBot(tx: Tx, bot: ProposedBot): Promise<ConfiguredBot> {
  return { ...bot, ...(await readBotConnector(tx, bot.spec.connectorId)) };
}
