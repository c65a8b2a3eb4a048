import { aFewAtATime } from '../../lib/a-few-at-a-time.ts';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import type { QuickAction } from './use-bot-action.ts';

/** `reason`: why it is not even asked. */
export type Subject = { id: string; name: string; reason?: string | undefined };
export type Result = { botId: string; name: string; trouble?: string | undefined };

/** Starts, stops or pauses many bots, a few at a time; the results begin with what failed. */
export function actOnAll(
  subjects: readonly Subject[],
  action: QuickAction,
  onDone: (done: number) => void,
): Promise<Result[]> {
  return onAll(subjects, ({ id: botId }) => client.bots[action]({ botId }), onDone);
}

/** Does the same with many bots, a few at a time; the results begin with what failed. */
export async function onAll<Each extends Subject>(
  subjects: readonly Each[],
  act: (subject: Each) => Promise<unknown>,
  onDone: (done: number) => void,
): Promise<Result[]> {
  let done = 0;
  const results = await aFewAtATime(subjects, async (subject) => {
    const result = await actOn(subject, act);
    onDone((done += 1));
    return result;
  });
  return results.toSorted((a, b) => Number(b.trouble !== undefined) - Number(a.trouble !== undefined));
}

async function actOn<Each extends Subject>(subject: Each, act: (subject: Each) => Promise<unknown>): Promise<Result> {
  const { id: botId, name, reason } = subject;
  if (reason) return { botId, name, trouble: reason };
  return act(subject).then(
    () => ({ botId, name }),
    (error: unknown) => ({ botId, name, trouble: sentenceOf(error) }),
  );
}
