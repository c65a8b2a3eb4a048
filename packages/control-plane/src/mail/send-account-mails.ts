import type { Origin } from '@clawster/contract/event';
import { accountLetter, type AccountNews } from '@clawster/domain/mail/account-letter';
import { waitAfter } from '@clawster/domain/mail/next-try';
import { whyNotByMail } from '@clawster/domain/password-reset/carrier';
import { change, keep } from '../change.ts';
import { resetMinutes, storeReset } from '../password-reset/password-reset.queries.ts';
import { resetLinkOf } from '../password-reset/reset-link.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs, systemQuery } from '../query.ts';
import { hashToken, newToken } from '../session/token.ts';
import {
  type Addressee,
  claimDueAccountMails,
  type DueAccountMail,
  findAddressee,
  forgetAccountMail,
  forgetOldAccountMails,
  hasDueAccountMail,
  hasOldAccountMail,
  holdAccountMail,
  postponeAccountMail,
} from './account-mail.queries.ts';
import { mailTrouble } from './mail-sentence.ts';
import { findMailAccess } from './mail-server.queries.ts';
import { openMailer } from './open-mailer.ts';

/** So many are taken at a time, each in turn: a claim outlives them. */
const atOnceMax = 4;

/** Sends what there is to tell people about their accounts; of an address that nobody has, nothing is told to anybody. */
export async function sendAccountMails(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  // Looked at first, where nothing is written: an idle or read-only database is left alone.
  if (await systemQuery(plane, hasOldAccountMail)) await keep(plane, forgetOldAccountMails);
  while (!signal.aborted && (await systemQuery(plane, hasDueAccountMail))) {
    const due = await keep(plane, (tx) => claimDueAccountMails(tx, atOnceMax));
    await Promise.all(due.map((mail) => deliver(plane, mail)));
  }
}

type Delivery = { mail: DueAccountMail; addressee: Addressee };

async function deliver(plane: ControlPlane, mail: DueAccountMail): Promise<void> {
  const addressee = await systemQuery(plane, (tx) => findAddressee(tx, mail.email));
  const carrier = addressee && carrierFor(addressee);
  if (!addressee) return keep(plane, (tx) => forgetAccountMail(tx, mail.id));
  const delivery = { mail, addressee };
  if (carrier === undefined) {
    const reason = whyNotByMail(addressee.belongings) ?? '';
    return tell(plane, delivery, { event: 'person-reset-mail-failed', reason });
  }
  const news = await newsOf(plane, delivery);
  if (news) await send(plane, delivery, { carrier, news });
}

/** The workspace whose server brings the mail: the one they use, else another of theirs. */
function carrierFor({ home, belongings }: Addressee): string | undefined {
  const mailing = belongings.filter(({ mailServer }) => mailServer).map(({ workspaceId }) => workspaceId);
  return mailing.includes(home) ? home : mailing[0];
}

/** What the mail says. A link is made anew for each try, so that its token is kept nowhere; undefined when it was taken back. */
async function newsOf(plane: ControlPlane, delivery: Delivery): Promise<AccountNews | undefined> {
  const { mail, addressee } = delivery;
  const { address } = mail.origin as Origin;
  const { person, belongings } = addressee;
  if (mail.kind === 'password-changed') return { kind: 'password-changed', address };
  if (person.passwordHash === null) return { kind: 'no-passphrase', address };
  if (whyNotByMail(belongings)) return { kind: 'not-by-mail', email: person.email, address };
  const token = newToken();
  const isMade = await keep(plane, async (tx) => {
    if (!(await holdAccountMail(tx, mail.id))) return false;
    await storeReset(tx, {
      personId: person.id,
      tokenHash: hashToken(token),
      madeBy: 'mail',
      workspaceIds: belongings.map(({ workspaceId }) => workspaceId),
    });
    return true;
  });
  const link = resetLinkOf(plane.settings.controlPlaneUrl, token);
  return isMade ? { kind: 'reset', link, minutes: resetMinutes, address } : undefined;
}

async function send(
  plane: ControlPlane,
  delivery: Delivery,
  { carrier, news }: { carrier: string; news: AccountNews },
): Promise<void> {
  const { mail, addressee } = delivery;
  const access = await readAs(plane, { workspaceId: carrier }, (tx) => findMailAccess(tx, plane.keys, carrier));
  // Removed at this very moment: the next try finds another, or says so.
  if (!access) return keep(plane, (tx) => postponeAccountMail(tx, { id: mail.id, reason: '', waitMs: 0 }));
  try {
    const mailer = await openMailer(plane, access);
    const letter = accountLetter(addressee.person.name, news);
    await mailer.send({ ...letter, to: addressee.person.email, id: mail.id }).finally(() => mailer.close());
  } catch (error) {
    const { sentence: reason, isFinal } = mailTrouble(error, access.host);
    const waitMs = isFinal ? undefined : waitAfter(mail.tries);
    return tell(plane, delivery, { event: 'person-reset-mail-failed', reason, waitMs });
  }
  const reason = news.kind === 'not-by-mail' ? whyNotByMail(addressee.belongings) : undefined;
  return tell(
    plane,
    delivery,
    reason ? { event: 'person-reset-mail-failed', reason } : { event: 'person-reset-mailed' },
  );
}

type Outcome = {
  event: 'person-reset-mailed' | 'person-reset-mail-failed';
  reason?: string;
  waitMs?: number | undefined;
};

/** Tells where the person belongs what became of it. Failing for the same reason as before is no news, and a passphrase that was changed is told already. */
async function tell(plane: ControlPlane, { mail, addressee }: Delivery, outcome: Outcome): Promise<void> {
  const { id, kind, tries } = mail;
  const { event: type, reason, waitMs } = outcome;
  const { person, home: workspaceId } = addressee;
  if (kind !== 'reset' || (waitMs !== undefined && reason === mail.reason))
    return keep(plane, (tx) =>
      waitMs === undefined ? forgetAccountMail(tx, id) : postponeAccountMail(tx, { id, reason: reason ?? '', waitMs }),
    );
  await change(plane, { workspaceId, job: 'send-mails', from: mail.origin as Origin }, async ({ tx, record }) => {
    if (waitMs === undefined) await forgetAccountMail(tx, id);
    else await postponeAccountMail(tx, { id, reason: reason ?? '', waitMs });
    await record({
      type,
      subjectId: person.id,
      subjectName: person.name,
      detail: { tries, ...(reason ? { reason } : {}) },
    });
  });
}
