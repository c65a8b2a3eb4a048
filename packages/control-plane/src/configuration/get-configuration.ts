import { api } from '@clawster/contract/api';
import { parseKeyPath } from '@clawster/contract/key-path';
import { Refusal } from '@clawster/domain/refusal';
import { notFound } from '../bot/bot.queries.ts';
import { query } from '../query.ts';
import { configurationBy, readConfigured } from './configured-bot.ts';
import { issuesOf } from './judge.ts';
import { readLayers } from './layer-store.ts';

/** What a bot's layers come to now, each value with why; with a path only what is at or below it. */
export const getConfiguration = query(api.configurations.get, async ({ tx, caller }, { botId, path }) => {
  const asked = path === undefined ? [] : parseKeyPath(path);
  if (!asked) throw Refusal.at('path', 'invalid', 'Write a path such as openclaw.tools.allow');
  const { workspaceId } = caller;
  const [bot] = await readConfigured(tx, workspaceId, { ids: [botId] });
  if (!bot) throw notFound();
  const configuration = configurationBy(await readLayers(tx, workspaceId, [bot]), bot);
  const { document, files, explained, layers } = configuration;
  const isAsked = (told: string) => asked.every((key, at) => parseKeyPath(told)?.[at] === key);
  return {
    botId,
    generation: bot.generation,
    layers,
    document,
    files,
    explained: explained.filter((one) => isAsked(one.path)),
    issues: issuesOf({ configuration, version: bot.spec.runtimeVersion }),
  };
});
