import { closeCode, type Authenticate } from '@clawster/link/handshake';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { LinkRefused } from './link-refused.ts';
import { lockBotsForLink, openLinks, type Admitted, type OpenLink, whyNoLink } from './open-link.ts';
import { type Outcome, together } from '../together.ts';
import { verifySignature } from './verify-signature.ts';

/** As many as are locked at once, and wait for each other. */
const atOnceMax = 64;

/**
 * Lets enrolled supervisors in again: each signed its connection's nonce with the key it was enrolled with. Those who
 * come together, thousands after a restart, are let in together.
 */
export function authenticator(plane: ControlPlane): (nonce: string, claim: Authenticate) => Promise<OpenLink> {
  const admit = together({ atOnceMax, keyOf: ({ botId }: Authenticate) => botId }, (claims) => admitAll(plane, claims));
  return async (nonce, claim) => {
    if (!verifySignature(nonce, claim)) throw notKnown();
    return admit(claim);
  };
}

async function admitAll(plane: ControlPlane, claims: Authenticate[]): Promise<Outcome<OpenLink>[]> {
  const opened = await keep(plane, async (tx) => {
    const bots = new Map(
      (
        await lockBotsForLink(
          tx,
          claims.map(({ botId }) => botId),
        )
      ).map((bot) => [bot.id, bot]),
    );
    const admitted: Admitted[] = [];
    const refused = new Map<string, LinkRefused>();
    for (const { botId, publicKey, supervisorVersion, generation } of claims) {
      const bot = bots.get(botId);
      const reason = whyNoLink(bot);
      if (reason) refused.set(botId, reason);
      else if (bot?.publicKey !== publicKey) refused.set(botId, notKnown());
      else admitted.push({ bot, supervisorVersion, generation });
    }
    const links = admitted.length > 0 ? await openLinks(tx, plane.settings.replica, admitted) : [];
    return { refused, links: new Map(links.map((link) => [link.botId, link])) };
  });
  plane.wake(['link']);
  return claims.map(({ botId }) => {
    const link = opened.links.get(botId);
    return link ? { result: link } : { error: opened.refused.get(botId) ?? notKnown() };
  });
}

function notKnown(): LinkRefused {
  return new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
}
