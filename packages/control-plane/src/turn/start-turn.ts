import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { TurnEvent } from '@clawster/contract/turn';
import { chatSession } from '@clawster/domain/delegation/session';
import { Refusal } from '@clawster/domain/refusal';
import { botThatCan } from '../bot/bot-that-can.ts';
import { streamCommand } from '../command.ts';
import { isLinked } from '../link/is-linked.ts';
import { streamParts } from '../stream-parts.ts';
import { notePerson } from '../team/session-origin.ts';

/** OpenClaw retries a failing provider for minutes; beyond this a turn has hung. */
const turnMsMax = 15 * 60_000;

/** Says something to a bot and streams its answer. The turn goes on when the listener leaves: only `abort` ends it. */
export const startTurn = streamCommand(api.turns.start, {
  async begin({ tx, record, plane, caller }, { botId, conversation, message }) {
    const bot = await botThatCan(tx, botId, 'chat');
    if (!(await isLinked(tx, plane, botId)))
      throw new Refusal('unavailable', 'The bot has no link to Clawster right now: try again in a moment');
    // Before anything comes of it: what the bot asks of others then is asked in this name.
    await notePerson(
      tx,
      { workspaceId: caller.workspaceId, botId, session: chatSession(conversation) },
      {
        mayDirect: caller.permissions.has('team:direct'),
        ...(caller.kind === 'person' ? { personId: caller.id } : {}),
      },
    );
    const turnId = randomUUID();
    await record({
      type: 'turn-requested',
      subjectId: botId,
      subjectName: bot.name,
      detail: { turnId, conversation, characters: message.length },
    });
    return { turnId };
  },
  stream({ plane, signal }, { botId, conversation, message }, { turnId }) {
    return streamParts<TurnEvent>(
      async (push) => {
        push({ type: 'accepted', turnId });
        try {
          await plane.links.request(
            botId,
            { method: 'turn.start', params: { conversation, turnId, message } },
            {
              timeoutMs: turnMsMax,
              onPart: (part) => {
                const event = TurnEvent.parse(part);
                // Told already, so that the turn can be aborted before the gateway has taken it.
                if (event.type !== 'accepted') push(event);
              },
            },
          );
        } catch (error) {
          // The answer has begun to stream: a refusal now is its last event.
          if (!(error instanceof Refusal)) throw error;
          push({ type: 'failed', message: error.message });
        }
      },
      { signal },
    );
  },
});
