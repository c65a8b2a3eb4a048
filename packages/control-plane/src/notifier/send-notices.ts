import { inboxLinkPath } from '@clawster/contract/inbox';
import { whyNotDecide } from '@clawster/domain/inbox/why-not-decide';
import { waitAfter } from '@clawster/domain/mail/next-try';
import { change, type ChangeContext, keep } from '../change.ts';
import { contentOf, factsOf, getItem } from '../inbox/inbox.queries.ts';
import { canRead, deciderOf } from '../inbox/show-item.ts';
import { accessOf } from '../person/access-of.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { hashToken, newToken } from '../session/token.ts';
import { inTransaction, type Tx } from '../transaction.ts';
import { channelOf } from './channel-of.ts';
import { type Channel, deliver, type Parcel, type Undelivered } from './deliver.ts';
import {
  claimDueNotices,
  type DueNotice,
  endNotice,
  hasDueNotice,
  keepLink,
  postponeNotice,
} from './notice.queries.ts';

/** So many are taken at a time, each in turn: a claim outlives them. */
const atOnceMax = 8;
/** With the waits in between, about two hours. */
const triesMax = 8;

/** Tells people what waits; what fails is tried again, later each time, and given up in the end. */
export async function sendNotices(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  // Looked at first, where nothing is written: an idle or read-only database is left alone.
  while (!signal.aborted && (await systemQuery(plane, hasDueNotice))) {
    const due = await keep(plane, (tx) => claimDueNotices(tx, atOnceMax));
    await Promise.all(due.map((notice) => send(plane, notice)));
    if (due.length < atOnceMax) return;
  }
}

async function send(plane: ControlPlane, due: DueNotice): Promise<void> {
  const { workspaceId } = due;
  const made = await inTransaction(plane, { tenancy: { workspaceId } }, (tx) => make(tx, plane, due));
  const failed = typeof made === 'string' ? { trouble: made, isFinal: true } : await sendMade(plane, made);
  if (!failed) return keep(plane, (tx) => markSent(tx, due));
  const isOver = failed.isFinal || due.tries >= triesMax;
  if (!isOver) return keep(plane, (tx) => postpone(tx, due, failed.trouble));
  await change(plane, { workspaceId, job: 'send-notices' }, (context) => giveUp(context, due, failed.trouble));
}

type Made = { channel: Channel | string; parcel: Parcel };

async function sendMade(plane: ControlPlane, { channel, parcel }: Made): Promise<Undelivered | undefined> {
  if (typeof channel === 'string') return { trouble: channel, isFinal: false };
  return deliver(plane, channel, parcel);
}

/** What is sent. A link is made anew for each try, so that its token is kept nowhere; a sentence when there is nobody to tell. */
async function make(tx: Tx, plane: ControlPlane, due: DueNotice): Promise<Made | string> {
  const { workspaceId, personId, itemId, notifierId } = due;
  const item = await getItem(tx, itemId);
  const access = (await accessOf(tx, workspaceId, [personId])).get(personId);
  if (!access) return 'Whom it told is not let in here any more: delete it';
  const people = tx.selectFrom('person').select(['name', 'email']).where('id', '=', personId);
  const person = await people.executeTakeFirstOrThrow();
  const workspace = tx.selectFrom('workspace').select('name').where('id', '=', workspaceId);
  const isDeciding = !whyNotDecide(factsOf(item), deciderOf(item, access, personId));
  const notice = {
    title: item.title,
    workspaceName: (await workspace.executeTakeFirstOrThrow()).name,
    personName: person.name,
    parts: canRead(item, access) ? contentOf(item) : [],
    link: `${plane.settings.controlPlaneUrl}${isDeciding ? await newLink(tx, due.id) : '/inbox'}`,
    isDeciding,
    expiresAt: item.expiresAt ?? undefined,
  };
  const kinds = tx.selectFrom('notifier').select(['id', 'kind']);
  const notifier = notifierId === null ? undefined : await kinds.where('id', '=', notifierId).executeTakeFirst();
  const { kind, contentHash, createdAt, teamName, botName } = item;
  const about = { type: 'inbox-opened', itemId, kind, contentHash, createdAt, teamName, botName };
  return {
    channel: await channelOf(tx, plane, { workspaceId, email: person.email, notifier }),
    parcel: { id: due.id, notice, about },
  };
}

async function newLink(tx: Tx, noticeId: string): Promise<string> {
  const token = newToken();
  await keepLink(tx, noticeId, hashToken(token));
  return `${inboxLinkPath}#token=${token}`;
}

async function markSent(tx: Tx, { id, notifierId }: DueNotice): Promise<void> {
  await endNotice(tx, id);
  if (notifierId)
    await tx.updateTable('notifier').set({ sentAt: new Date(), trouble: null }).where('id', '=', notifierId).execute();
}

async function postpone(tx: Tx, { id, notifierId, tries }: DueNotice, trouble: string): Promise<void> {
  await postponeNotice(tx, { id, trouble, waitMs: waitAfter(tries) });
  await keepTrouble(tx, notifierId, trouble);
}

async function giveUp({ tx, record }: ChangeContext, due: DueNotice, trouble: string): Promise<void> {
  const { id, notifierId, personId, itemId, tries } = due;
  await endNotice(tx, id, trouble);
  await keepTrouble(tx, notifierId, trouble);
  const named = notifierId
    ? await tx.selectFrom('notifier').select('name').where('id', '=', notifierId).executeTakeFirst()
    : undefined;
  await record({
    type: 'notifier-failed',
    subjectId: notifierId ?? personId,
    subjectName: named?.name ?? 'Mail',
    detail: { reason: trouble, tries, itemId },
  });
}

async function keepTrouble(tx: Tx, notifierId: string | null, trouble: string): Promise<void> {
  if (notifierId) await tx.updateTable('notifier').set({ trouble }).where('id', '=', notifierId).execute();
}
