import { createHash } from 'node:crypto';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { ToolAnswer, ToolContext } from '../team/team-call.ts';
import { type ItemPart, openItem } from './open-item.ts';

/** A bot that asks more than people answer is told to wait. */
const openMax = 20;
const expiresDays = 7;

/** Puts a bot's question before people. The same question of the same conversation, while it is open, is the same. */
export const answerAskHuman: ToolAnswer<'ask_human'> = async (
  context,
  { question, choices, wait_seconds: seconds },
) => {
  const { caller } = context;
  const { session, botId } = caller;
  const subject = `${botId}/${digestOf([session ?? caller.callId, question])}`;
  const there = await openQuestions(context, subject);
  const id = there ?? (await ask(context, { question, choices: choices ?? [], subject }));
  const text = session
    ? 'A person was asked. You are told in this conversation when they answer: go on with what needs no answer, and do not ask again.'
    : 'A person was asked. You cannot be told later in this conversation: go on without, or ask with wait_seconds.';
  return { text, waitsFor: id, waitMs: seconds * 1_000 };
};

type Question = { question: string; choices: string[]; subject: string };

async function ask(context: ToolContext, { question, choices, subject }: Question): Promise<string> {
  const { workspaceId, teamId, botId, botName, session, workingAt, traceId = workingAt?.traceId } = context.caller;
  const { id } = await openItem(context, {
    workspaceId,
    kind: 'question',
    subject,
    // Titles are told wherever there are events: the question itself only to who may read it.
    title: `${botName} asks a question`,
    content: partsOf(context, question),
    decisions: [],
    isQuestion: true,
    choices,
    teamId,
    botId,
    ...(session ? { session } : {}),
    ...(traceId ? { traceId } : {}),
    expiresAt: new Date(Date.now() + expiresDays * 24 * 3_600_000),
  });
  return id;
}

function partsOf({ caller: { origin } }: ToolContext, question: string): ItemPart[] {
  const whose = origin.kind === 'channel' ? `people on ${origin.channel ?? 'a channel'}` : origin.personName;
  return [
    { label: 'Question', text: question, untrusted: origin.untrusted },
    ...(whose ? [{ label: 'In a conversation with', text: whose, untrusted: false }] : []),
  ];
}

/** The open item of this very question; refuses another one when there are too many. */
async function openQuestions({ tx, caller }: ToolContext, subject: string): Promise<string | undefined> {
  const open = await tx
    .selectFrom('inboxItem')
    .select(['id', sql<boolean>`subject = ${subject}`.as('isSame')])
    .where('workspaceId', '=', caller.workspaceId)
    .where('kind', '=', 'question')
    .where('botId', '=', caller.botId)
    .where('state', '=', 'open')
    .execute();
  const same = open.find(({ isSame }) => isSame);
  if (!same && open.length >= openMax)
    throw new Refusal('refused', `You have asked ${openMax} questions that nobody answered yet: wait for those`);
  return same?.id;
}

function digestOf(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
