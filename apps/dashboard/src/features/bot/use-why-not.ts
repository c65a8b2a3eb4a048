import type { ListedBot } from '@clawster/contract/bot';
import type { Permission } from '@clawster/contract/permission';
import { type BotAction, factsOf, whyNot } from '@clawster/domain/bot/can';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';

const needs: Record<BotAction, Permission> = {
  start: 'bot:operate',
  stop: 'bot:operate',
  pause: 'bot:operate',
  resume: 'bot:operate',
  restart: 'bot:operate',
  redeploy: 'bot:operate',
  doctor: 'bot:operate',
  repair: 'bot:operate',
  move: 'bot:update',
  backup: 'backup:create',
  update: 'bot:update',
  clone: 'bot:create',
  destroy: 'bot:destroy',
  restore: 'bot:destroy',
  chat: 'bot:chat',
  logs: 'bot:read',
};

/** Why someone signed in cannot do this with this bot now, by permission or by how the bot is. */
export function useWhyNot(): (action: BotAction, bot: ListedBot) => string | undefined {
  const identity = useIdentity();
  return (action, bot) => whyForbidden(identity, needs[action], bot) ?? whyNot(action, factsOf(bot));
}
