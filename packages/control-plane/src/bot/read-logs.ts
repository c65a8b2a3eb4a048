import { api } from '@clawster/contract/api';
import { LogLine } from '@clawster/contract/bot';
import { isLinked } from '../link/is-linked.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs, streamQuery } from '../query.ts';
import { streamParts } from '../stream-parts.ts';
import type { Tx } from '../transaction.ts';
import { botThatCan } from './bot-that-can.ts';

/** Longer than any session: following ends when the listener leaves. */
const followMsMax = 24 * 60 * 60_000;

/** The bot's last log lines; without a link those its target kept of the supervisor. */
export const readLogs = streamQuery(api.bots.logs, async ({ plane, caller, signal }, { botId, lines, follow }) => {
  const { target, linked } = await readAs(plane, caller, async (tx) => {
    const { targetId } = await botThatCan(tx, botId, 'logs');
    return { target: await getTarget(tx, targetId), linked: await isLinked(tx, plane, botId) };
  });
  if (!linked) return fromTarget(plane, target, { botId, lines });
  return streamParts<LogLine>(
    (push) =>
      plane.links.request(
        botId,
        { method: 'logs.read', params: { lines, follow } },
        {
          signal,
          timeoutMs: follow ? followMsMax : 30_000,
          onPart: (part) => push(LogLine.parse(part)),
        },
      ),
    { signal },
  );
});

async function getTarget(tx: Tx, targetId: string) {
  return tx
    .selectFrom('target')
    .select(['id', 'kind', 'settings'])
    .where('id', '=', targetId)
    .executeTakeFirstOrThrow();
}

async function* fromTarget(
  plane: ControlPlane,
  target: Awaited<ReturnType<typeof getTarget>>,
  ask: { botId: string; lines: number },
): AsyncGenerator<LogLine> {
  const connected = await plane.connectTarget(target);
  const texts = (await connected.logs?.(ask.botId, ask.lines)) ?? [];
  for (const text of texts) yield { source: 'supervisor', text };
}
