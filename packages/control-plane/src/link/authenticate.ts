import { closeCode, type Authenticate } from '@clawster/link/handshake';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { LinkRefused } from './link-refused.ts';
import { lockBotForLink, openLink, type OpenLink } from './open-link.ts';
import { verifySignature } from './verify-signature.ts';

/** Lets an enrolled supervisor in again: it signed this connection's nonce with the key it was enrolled with. */
export async function authenticate(plane: ControlPlane, nonce: string, claim: Authenticate): Promise<OpenLink> {
  if (!verifySignature(nonce, claim))
    throw new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
  const opened = await keep(plane, async (tx) => {
    const bot = await lockBotForLink(tx, claim.botId);
    if (bot.publicKey !== claim.publicKey)
      throw new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
    const { supervisorVersion, generation } = claim;
    return openLink(tx, bot, { replica: plane.settings.replica, supervisorVersion, generation });
  });
  plane.wake(['link']);
  return opened;
}
