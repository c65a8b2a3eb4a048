import { closeCode, type Enrol } from '@clawster/link/handshake';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { consumeJoinToken } from './join-token.ts';
import { LinkRefused } from './link-refused.ts';
import { lockBotsForLink, openLinks, type OpenLink, whyNoLink } from './open-link.ts';
import { verifySignature } from './verify-signature.ts';

/** Lets a supervisor in for the first time: its join token is used up, and from now on its key stands for the bot. */
export async function enrol(plane: ControlPlane, nonce: string, claim: Enrol): Promise<OpenLink> {
  const refused = new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
  if (!verifySignature(nonce, claim)) throw refused;
  const bot = await systemQuery(plane, (tx) =>
    tx.selectFrom('bot').select('workspaceId').where('id', '=', claim.botId).executeTakeFirst(),
  );
  if (!bot) throw refused;
  const by = { workspaceId: bot.workspaceId, actor: { kind: 'bot', id: claim.botId } as const };
  const opened = await change(plane, by, async ({ tx, record }) => {
    const [locked] = await lockBotsForLink(tx, [claim.botId]);
    const reason = whyNoLink(locked);
    if (!locked || reason) throw reason;
    if (!(await consumeJoinToken(tx, { botId: claim.botId, token: claim.joinToken }))) throw refused;
    await tx.updateTable('bot').set({ publicKey: claim.publicKey }).where('id', '=', locked.id).execute();
    await record({
      type: 'bot-enrolled',
      subjectId: locked.id,
      subjectName: locked.name,
      detail: { supervisorVersion: claim.supervisorVersion },
    });
    const { supervisorVersion } = claim;
    const [link] = await openLinks(tx, plane.settings.replica, [{ bot: locked, supervisorVersion }]);
    if (!link) throw refused;
    return link;
  });
  plane.wake(['link']);
  return opened;
}
