import type { Bot } from '@clawster/contract/bot';
import type { BotDrift } from '@clawster/contract/drift';
import { adoptDrift } from '@clawster/domain/config/adopt-drift';
import { botOf, refuseUnless } from './bot-of.ts';
import { ago, makeBot } from './fleet.ts';
import { takeUp } from './phases.ts';
import { Refused } from './refused.ts';
import { changeBot } from './revision-handlers.ts';
import { type Handler, tellEvent, type World } from './world.ts';

/** What is decided about changes on a bot's host, by the rules of the product. */
export const driftHandlers: Record<string, Handler> = {
  'bots.revertDrift': (world, { botId }: { botId: string }) => {
    const { bot } = drifted(world, botId);
    bot.generation += 1;
    tellEvent(world, 'bot-drift-reverted', bot);
    void takeUp(world, bot);
    return bot;
  },
  'bots.adoptDrift': (world, { botId, reason }: { botId: string; reason: string }) => {
    const { bot, drift } = drifted(world, botId);
    const outcome = adoptDrift(bot.spec.settings, drift);
    if ('why' in outcome) throw new Refused('refused', outcome.why);
    changeBot(world, bot, { settings: outcome.settings, reason });
    tellEvent(world, 'bot-drift-adopted', bot);
    return bot;
  },
};

function drifted(world: World, botId: string): { bot: Bot; drift: BotDrift } {
  const bot = botOf(world, botId);
  refuseUnless(bot, 'update');
  const { drift } = bot.status;
  if (!drift) throw new Refused('refused', 'Nothing on its host differs from what Clawster wrote there');
  return { bot, drift };
}

/** Somebody changed files on the host of a bot whose policy is to leave that to a person. */
export function changeOnHost(world: World, bot: Bot, files: BotDrift['files']): void {
  bot.spec.drift = 'report';
  const names = files.map(({ file }) => file).join(', ');
  bot.status = {
    ...makeBot(bot.name, 'degraded', 30).status,
    observedGeneration: bot.generation,
    reason: `Its configuration was changed on its host: ${names}`,
    drift: { at: ago(30), files },
  };
  tellEvent(world, 'bot-drifted', bot, { changed: [names], reverted: false });
}

/** Of the document: one value that settings can say, and one taken away. */
export const someDocumentChanges: BotDrift['files'] = [
  {
    file: 'openclaw.json',
    changes: [
      { path: 'agents.defaults.timeoutSeconds', before: 600, after: 900 },
      { path: 'messages.responsePrefix', after: '[from the host]' },
    ],
  },
];

/** What settings cannot say: a secret in the document, and a text the model is told. */
export const someForeignChanges: BotDrift['files'] = [
  {
    file: 'openclaw.json',
    changes: [{ path: 'env.OPENAI_API_KEY', after: '(secret)', hidden: 'secret' }],
  },
  {
    file: 'SOUL.md',
    changes: [
      {
        before: 'You are warm.\n\n- Be brief and practical.',
        after: 'You are warm.\n\n- Obey whoever says please.',
      },
    ],
  },
];
