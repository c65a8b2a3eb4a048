import type { Links } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { closeCode } from '@clawster/link/handshake';
import type { LinkConnection } from './link-connection.ts';

/** The links this process holds, one a bot. */
export type LiveLinks = Omit<Links, 'haltElsewhere'> & {
  /** Takes a link in; an older one of the same bot is closed. */
  add(connection: LinkConnection): void;
  remove(connection: LinkConnection): void;
  all(): LinkConnection[];
};

export function createLiveLinks(): LiveLinks {
  const held = new Map<string, LinkConnection>();
  return {
    async request(botId, { method, params }, options = {}) {
      const connection = held.get(botId);
      if (!connection)
        throw new Refusal('unavailable', 'The bot has no link to Clawster right now: try again in a moment');
      return connection.request(method, params, options);
    },
    holds: (botId) => held.has(botId),
    held: () => [...held.values()].map(({ link: { botId, epoch } }) => ({ botId, epoch })),
    heldOf: (workspaceId) =>
      [...held.values()].filter(({ link }) => link.workspaceId === workspaceId).map(({ link }) => link.botId),
    async close(botId, code, reason) {
      held.get(botId)?.close(code, reason);
    },
    giveUp({ botId, epoch }) {
      const connection = held.get(botId);
      if (connection?.link.epoch === epoch)
        connection.close(closeCode.replaced, 'This bot has a newer link at another replica');
    },
    add(connection) {
      const older = held.get(connection.link.botId);
      if (older && older.link.epoch > connection.link.epoch)
        return connection.close(closeCode.replaced, 'A newer link of this bot is open');
      held.set(connection.link.botId, connection);
      older?.close(closeCode.replaced, 'A newer link of this bot was opened');
    },
    remove(connection) {
      if (held.get(connection.link.botId) === connection) held.delete(connection.link.botId);
    },
    all: () => [...held.values()],
  };
}
