import type { ControlPlane, Links } from '@clawster/control-plane/plane';
import { knownReplicas } from '@clawster/control-plane/replica/presence';
import { holderElsewhere } from '@clawster/control-plane/replica/replica.queries';
import { systemQuery } from '@clawster/control-plane/query';
import { Refusal } from '@clawster/domain/refusal';
import { supervisorMethods } from '@clawster/link/supervisor-methods';
import { z } from 'zod';
import type { LiveLinks } from '../link/live-links.ts';
import { askReplica, notHeld, type AskReplica } from './ask-replica.ts';
import type { Credentials } from './credential.ts';

type Plane = Pick<ControlPlane, 'db' | 'settings' | 'log'>;

/** A revoked bot has one second. */
const closeMs = 1_000;
/** A supervisor is given 5 s to end its gateway. */
const haltMs = 7_000;

/** Asks bots over the links held here, and for the others the replica that holds them. */
export function forwardLinks(plane: Plane, local: LiveLinks, credentials: Credentials): Links {
  const holderOf = (botId: string) => systemQuery(plane, (tx) => holderElsewhere(tx, botId, plane.settings.replica));
  const ask: AskReplica = (replica, message, options) => askReplica(credentials, { replica, message }, options);

  return {
    async request(botId, { method, params }, options = {}) {
      const { timeoutMs } = options;
      const message = { do: 'request', botId, method, params, ...(timeoutMs ? { timeoutMs } : {}) } as const;
      // A link that moved while it was looked up is looked up once more.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        if (local.holds(botId)) return local.request(botId, { method, params }, options);
        const replica = await holderOf(botId);
        if (!replica) break;
        const result = await ask(replica, message, options);
        if (result !== notHeld) return supervisorMethods[method].result.parse(result) as never;
      }
      throw new Refusal('unavailable', 'The bot has no link to Clawster right now: try again in a moment');
    },
    async close(botId, code, reason) {
      await local.close(botId, code, reason);
      try {
        const replica = await holderOf(botId);
        if (replica) await ask(replica, { do: 'close', botId, code, reason }, { timeoutMs: closeMs });
      } catch (error) {
        // The database says already that the link is void: a replica that cannot be reached gives it up by itself.
        plane.log('warn', 'A link at another replica could not be closed', { botId, error: String(error) });
      }
    },
    async haltElsewhere(halt) {
      const told = knownReplicas(plane).map((replica) =>
        ask(replica, { do: 'halt', ...halt }, { timeoutMs: haltMs }).then(
          (confirmed) => z.array(z.string()).parse(confirmed),
          (error: unknown) => {
            plane.log('warn', 'The emergency stop did not reach a replica', {
              replica: replica.id,
              error: String(error),
            });
            return [];
          },
        ),
      );
      return (await Promise.all(told)).flat();
    },
    held: () => local.held(),
    holds: (botId) => local.holds(botId),
    heldOf: (workspaceId) => local.heldOf(workspaceId),
    giveUp: (link) => local.giveUp(link),
  };
}
