import { Refusal } from '@clawster/domain/refusal';
import { GatewayQuestion } from '@clawster/link/team';
import { change, type ChangeContext } from '../change.ts';
import { heardLink, refuseUnlessActing } from '../link/heard-link.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { isTainted } from '../team/session-origin.ts';
import type { Tx } from '../transaction.ts';
import { questionSubject } from './bring-answers.ts';
import { openItem, withdrawItem } from './open-item.ts';

type Asking = Pick<OpenLink, 'workspaceId' | 'botId' | 'botName' | 'epoch'>;
/** OpenClaw asks one thing at a time in each conversation: a host that asks more than this is not well, or lies. */
const openMax = 50;

/** Puts before people what OpenClaw asks. Raised again while it is open, or while its answer is under way, it is the same. */
export async function raiseQuestion(
  plane: ControlPlane,
  link: Asking,
  question: GatewayQuestion,
): Promise<Record<string, never>> {
  const { workspaceId, botId } = link;
  const subject = questionSubject(botId, question);
  const isKnown = await readAs(plane, { workspaceId }, async (tx) => {
    await refuseUnlessActing(tx, link);
    return isThere(tx, { botId, subject });
  });
  if (isKnown) return {};
  await change(plane, { workspaceId, actor: { kind: 'bot', id: botId } }, (context) =>
    put(context, { link, question, subject }),
  );
  return {};
}

async function put(
  context: ChangeContext,
  { link, question, subject }: { link: Asking; question: GatewayQuestion; subject: string },
): Promise<void> {
  const { workspaceId, botId, botName } = link;
  const { kind, title, content, choices, session, expiresAt } = question;
  const isQuestion = kind === 'question';
  // Where nobody can tell whose conversation it is, it may be anybody's.
  const untrusted = session === undefined || ((await isTainted(context.tx, { botId, session })) ?? true);
  await openItem(context, {
    workspaceId,
    kind: 'tool',
    subject,
    title: `${botName}: ${title}`,
    content: content.map((part) => ({ ...part, untrusted })),
    decisions: isQuestion ? ['refuse'] : ['approve', 'refuse'],
    isQuestion,
    choices: isQuestion ? choices : [],
    botId,
    ...(await teamOf(context.tx, botId)),
    ...(session ? { session } : {}),
    ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}),
  });
}

/** It was answered at the bot, or is over: nobody is asked any more. */
export async function withdrawQuestion(
  plane: ControlPlane,
  link: Asking,
  { id, why }: { id: string; why: string },
): Promise<Record<string, never>> {
  const { workspaceId, botId } = link;
  const subjects = GatewayQuestion.shape.kind.options.map((kind) => questionSubject(botId, { kind, id }));
  const open = await readAs(plane, { workspaceId }, async (tx) => {
    await heardLink(tx, link);
    return tx
      .selectFrom('inboxItem')
      .select('subject')
      .where('workspaceId', '=', workspaceId)
      .where('kind', '=', 'tool')
      .where('subject', 'in', subjects)
      .where('state', '=', 'open')
      .executeTakeFirst();
  });
  if (!open) return {};
  await change(plane, { workspaceId, actor: { kind: 'bot', id: botId } }, (context) =>
    withdrawItem(context, { workspaceId, kind: 'tool', subject: open.subject }, why),
  );
  return {};
}

/** Whether this very question waits for people or for its bot; refuses another one where too many do. */
async function isThere(tx: Tx, { botId, subject }: { botId: string; subject: string }): Promise<boolean> {
  const there = await tx
    .selectFrom('inboxItem')
    .select('subject')
    .where('kind', '=', 'tool')
    .where('botId', '=', botId)
    .where((is) => is.or([is('state', '=', 'open'), is('isSettled', '=', false)]))
    .execute();
  const isKnown = there.some((item) => item.subject === subject);
  if (!isKnown && there.length >= openMax)
    throw new Refusal(
      'too-many',
      `${openMax} questions of this bot wait for people: no more are taken until some are over`,
    );
  return isKnown;
}

async function teamOf(tx: Tx, botId: string): Promise<{ teamId?: string }> {
  return (await tx.selectFrom('teamMember').select('teamId').where('botId', '=', botId).executeTakeFirst()) ?? {};
}
