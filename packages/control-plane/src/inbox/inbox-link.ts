import { api } from '@clawster/contract/api';
import type { OutputOf } from '@clawster/contract/route';
import type { Wish } from '@clawster/domain/inbox/why-not-decide';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { parseInput } from '../enter.ts';
import { findLink, type Link, takeLink } from '../notifier/notice.queries.ts';
import { accessOf } from '../person/access-of.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs, systemQuery } from '../query.ts';
import { countLinkAttempt } from '../session/sign-in-limits.ts';
import { hashToken } from '../session/token.ts';
import type { Tx } from '../transaction.ts';
import { type By, decide } from './decide.ts';
import { getItem } from './inbox.queries.ts';
import { showItem } from './show-item.ts';

type Seen = OutputOf<typeof api.inbox.seeLink>;

/** What a link from a message is about. Looking uses nothing up: what scans mails follows links, too. */
export async function seeInboxLink(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Seen> {
  const { token } = parseInput(api.inbox.seeLink, raw);
  await countLinkAttempt(plane, caller.address);
  const link = await linkOf(plane, hashToken(token));
  return readAs(plane, { workspaceId: link.workspaceId }, async (tx) => {
    const { access } = await holderOf(tx, link);
    const { title, content, contentHash, decisions, isQuestion, choices, state, expiresAt } = showItem(
      await getItem(tx, link.itemId),
      access,
      link.personId,
    );
    const until = link.goodUntil ? { expiresAt: link.goodUntil.toISOString() } : expiresAt ? { expiresAt } : {};
    const { workspaceName, personName } = link;
    return { title, content, contentHash, decisions, isQuestion, choices, state, ...until, workspaceName, personName };
  });
}

/** Decides or answers by a link, once, as the person it was sent to: with what they may do at this moment, and never for their own asking. */
export async function useInboxLink(
  plane: ControlPlane,
  caller: Caller,
  raw: unknown,
): Promise<OutputOf<typeof api.inbox.useLink>> {
  const { token, contentHash, decision, answer, reason } = parseInput(api.inbox.useLink, raw);
  await countLinkAttempt(plane, caller.address);
  if ((decision === undefined) === !answer) throw new Refusal('invalid', 'Approve, refuse or answer: one of the three');
  const wish: Wish = decision ?? 'answer';
  const tokenHash = hashToken(token);
  const link = await linkOf(plane, tokenHash);
  const { workspaceId, personId, personName, itemId } = link;
  const actor = { kind: 'person', id: personId, name: personName } as const;
  const row = await change(plane, { workspaceId, actor, from: caller }, async (context) => {
    const by = await holderOf(context.tx, link);
    if (!(await takeLink(context.tx, link.id, tokenHash))) throw linkRefused();
    const said = decision === undefined && answer ? { answer } : {};
    return decide({ ...context, plane }, { itemId, contentHash, wish, reason, ...said }, by);
  });
  return { state: row.state as OutputOf<typeof api.inbox.useLink>['state'] };
}

async function linkOf(plane: ControlPlane, tokenHash: Buffer): Promise<Link> {
  const link = await systemQuery(plane, (tx) => findLink(tx, tokenHash));
  if (!link) throw linkRefused();
  return link;
}

/** In whose name it is decided, as they stand now; refuses when they are not let in any more. */
async function holderOf(tx: Tx, { workspaceId, personId, personName }: Link): Promise<By> {
  const access = (await accessOf(tx, workspaceId, [personId])).get(personId);
  if (!access) throw linkRefused();
  return { actor: { kind: 'person', id: personId, name: personName }, name: personName, personId, access };
}

/** One sentence for each way a link can be no good, so that guesses learn nothing. */
function linkRefused(): Refusal {
  return new Refusal(
    'forbidden',
    'This link was used, replaced or taken back, or its time is over: sign in and look into the inbox',
  );
}
