import type { Bot } from '@clawster/contract/bot';
import type { BotEgress } from '@clawster/contract/egress';
import { egressOf } from '@clawster/domain/egress/egress-of';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { type Handler, tellEvent, type World } from './world.ts';

/** Bots whose target confines them, with what they were refused. */
const confined = new WeakMap<Bot, BotEgress['refused']>();

/** Where bots may connect to, by the rules of the product. */
export const egressHandlers: Record<string, Handler> = {
  'bots.egress': (world, { botId }: { botId: string }): BotEgress => {
    const bot = botOf(world, botId);
    const hosts = bot.spec.settings.egress?.hosts ?? [];
    const list = egressOf({
      controlPlaneUrl: 'https://clawster.acme.example',
      urls: ['https://api.openai.com/v1'],
      ownUrls: ['http://models.acme.internal:8000/v1'],
      channels: ['slack'],
      hosts: Array.isArray(hosts) ? hosts : (hosts.$add ?? []),
      allowPrivate: true,
    });
    const refused = confined.get(bot);
    return { ...list, ...(refused ? { keptAt: ago(4) } : {}), refused: refused ?? [] };
  },
};

/** The bot is on a target that confines it, and was refused these places. */
export function confine(world: World, bot: Bot, refused: BotEgress['refused']): void {
  confined.set(bot, refused);
  for (const { place, reason, count } of refused) tellEvent(world, 'bot-egress-refused', bot, { place, reason, count });
}

export const someRefused: BotEgress['refused'] = [
  { place: 'docs.example.com:443', reason: 'not-allowed', count: 12, firstAt: ago(3_000), lastAt: ago(40) },
  { place: '169.254.169.254:80', reason: 'not-a-name', count: 1, firstAt: ago(9_000), lastAt: ago(9_000) },
];
