import { Refusal } from '@clawster/domain/refusal';
import type { GatewayQuestion } from '@clawster/link/team';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

const batchMax = 50;
const timeoutMs = 10_000;
/** OpenClaw asks again after a restart; what it waited for so long it waits for no more. */
const givenUpHours = 24;

/** Brings OpenClaw the answers to what it asked, until the bot confirms, or the question's time is over. */
export async function bringAnswers(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const waiting = await systemQuery(plane, selectUnsettled);
  if (signal.aborted) return;
  await Promise.all(waiting.map((one) => bring(plane, one)));
}

function selectUnsettled(tx: Tx) {
  return tx
    .selectFrom('inboxItem')
    .select(['id', 'botId', 'subject', 'state', 'answer'])
    .select(
      sql<boolean>`(coalesce(expires_at, decided_at + make_interval(hours => ${givenUpHours})) <= now())`.as('isOver'),
    )
    .where('kind', '=', 'tool')
    .where('state', 'in', ['approved', 'refused', 'answered'])
    .where('isSettled', '=', false)
    .orderBy('decidedAt')
    .limit(batchMax)
    .execute();
}
type Unsettled = Awaited<ReturnType<typeof selectUnsettled>>[number];

async function bring(plane: ControlPlane, item: Unsettled): Promise<void> {
  const isDone = item.botId === null || item.isOver || (await hasTaken(plane, item.botId, item));
  if (!isDone) return;
  await keep(plane, (tx) => tx.updateTable('inboxItem').set({ isSettled: true }).where('id', '=', item.id).execute());
}

async function hasTaken(plane: ControlPlane, botId: string, item: Unsettled): Promise<boolean> {
  const { kind, id } = questionIn(item.subject);
  const params = {
    id,
    kind,
    approved: item.state !== 'refused',
    ...(item.answer === null ? {} : { answer: item.answer }),
  };
  try {
    await plane.links.request(botId, { method: 'question.resolve', params }, { timeoutMs });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // It knows of no such question any more: there is nobody to tell.
    return error.code === 'not-found';
  }
}

/** What an item of OpenClaw's asking is about: which question of which bot. */
export function questionSubject(botId: string, { kind, id }: Pick<GatewayQuestion, 'kind' | 'id'>): string {
  return `${botId}/${kind}/${id}`;
}

function questionIn(subject: string): Pick<GatewayQuestion, 'kind' | 'id'> {
  const [, kind = '', ...id] = subject.split('/');
  return { kind: kind as GatewayQuestion['kind'], id: id.join('/') };
}
