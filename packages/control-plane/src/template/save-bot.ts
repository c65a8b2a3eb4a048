import { api } from '@clawster/contract/api';
import type { Document } from '@clawster/contract/document';
import type { LayerStore } from '@clawster/domain/config/layers-of';
import { layersOf } from '@clawster/domain/config/layers-of';
import { type Layer, mergeLayers } from '@clawster/domain/config/merge';
import { defaultsFor } from '@clawster/domain/config/baseline';
import { notFound } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { type ConfiguredBot, readConfigured } from '../configuration/configured-bot.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { insertTemplate } from './create-template.ts';

/** Makes a template of all a bot's layers together, with what it was made from answered. */
export const saveBotAsTemplate = command(api.templates.saveBot, async (context, { botId, name, summary }) => {
  const { tx, caller } = context;
  const [bot] = await readConfigured(tx, caller.workspaceId, { ids: [botId] });
  if (!bot) throw notFound();
  const settings = settingsOf(bot, await readLayers(tx, caller.workspaceId, [bot]));
  return insertTemplate(context, { name, summary, content: { variables: [], settings, locked: [] } });
});

function settingsOf(bot: ConfiguredBot, store: LayerStore): Document {
  // What a layer adds to the tools is added to those that every bot has.
  const { openclaw } = defaultsFor(bot.name);
  const below: Layer = { ref: { kind: 'defaults', name: 'defaults' }, settings: { openclaw: openclaw ?? {} } };
  return mergeLayers([below, ...layersOf(bot, store).layers]).value;
}
