import { invitationLetter } from '@clawster/domain/mail/invitation-letter';
import { waitAfter } from '@clawster/domain/mail/next-try';
import { change, keep } from '../change.ts';
import { linkOf } from '../invitation/link-of.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs, systemQuery } from '../query.ts';
import { deleteSecrets, readSecret } from '../secret/read-secret.ts';
import { mailTrouble } from './mail-sentence.ts';
import { findMailAccess } from './mail-server.queries.ts';
import { openMailer } from './open-mailer.ts';
import {
  claimDueMails,
  type DueMail,
  forgetTokens,
  hasDueMail,
  hasOldTokens,
  markFailed,
  markSent,
  tokenPlace,
} from './outbox.queries.ts';

/** So many are taken at a time, each in turn: a claim outlives them. */
const atOnceMax = 4;

type Outcome = 'sent' | { reason: string; isFinal: boolean };

/** Mails the invitations that are due; what fails is tried again later, and told. */
export async function sendMails(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  if (await systemQuery(plane, hasOldTokens)) await keep(plane, forgetTokens);
  // Looked at first, where nothing is written: an idle or read-only database is left alone.
  while (!signal.aborted && (await systemQuery(plane, hasDueMail))) {
    const due = await keep(plane, (tx) => claimDueMails(tx, atOnceMax));
    await Promise.all(due.map(async (mail) => tell(plane, mail, await send(plane, mail))));
  }
}

async function send(plane: ControlPlane, mail: DueMail): Promise<Outcome> {
  const { workspaceId, invitationId, email } = mail;
  const { access, token } = await readAs(plane, { workspaceId }, async (tx) => ({
    access: await findMailAccess(tx, plane.keys, workspaceId),
    token: await readSecret(tx, plane.keys, tokenPlace(workspaceId, invitationId)),
  }));
  if (!access) return { reason: 'There is no mail server: set one up under Settings, Mail', isFinal: false };
  if (!token) return { reason: 'The link is gone: invite them again', isFinal: true };
  const link = linkOf(plane.settings.controlPlaneUrl, token);
  try {
    const mailer = await openMailer(plane, access);
    const letter = invitationLetter({ ...mail, invitedBy: mail.invitedByName, link });
    await mailer.send({ ...letter, to: email, id: invitationId }).finally(() => mailer.close());
    return 'sent';
  } catch (error) {
    const { sentence, isFinal } = mailTrouble(error, access.host);
    return { reason: sentence, isFinal };
  }
}

/** Failing for the same reason as before is no news. */
async function tell(plane: ControlPlane, mail: DueMail, outcome: Outcome): Promise<void> {
  const { workspaceId, invitationId, email, tries } = mail;
  const subject = { subjectId: invitationId, subjectName: email };
  if (outcome === 'sent')
    return change(plane, { workspaceId, job: 'send-mails' }, async ({ tx, record }) => {
      await markSent(tx, invitationId);
      await deleteSecrets(tx, 'invitation', invitationId);
      await record({ type: 'invitation-mailed', ...subject, detail: { tries } });
    });
  const { reason, isFinal } = outcome;
  const failed = { invitationId, reason, waitMs: isFinal ? null : waitAfter(tries) };
  if (!isFinal && reason === mail.reason) return keep(plane, (tx) => markFailed(tx, failed));
  return change(plane, { workspaceId, job: 'send-mails' }, async ({ tx, record }) => {
    await markFailed(tx, failed);
    if (isFinal) await deleteSecrets(tx, 'invitation', invitationId);
    await record({ type: 'invitation-mail-failed', ...subject, detail: { reason, tries, isFinal } });
  });
}
