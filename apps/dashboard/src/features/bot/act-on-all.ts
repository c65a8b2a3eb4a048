import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import type { QuickAction } from './use-bot-action.ts';

/** `reason`: why it is not even asked. */
export type Subject = { id: string; name: string; reason?: string | undefined };
export type Result = { botId: string; name: string; trouble?: string | undefined };

const atOnce = 4;

/** Starts, stops or pauses many bots, a few at a time; the results begin with what failed. */
export function actOnAll(
  subjects: readonly Subject[],
  action: QuickAction,
  onDone: (done: number) => void,
): Promise<Result[]> {
  return onAll(subjects, ({ id: botId }) => client.bots[action]({ botId }), onDone);
}

/** Does the same with many bots, a few at a time; the results begin with what failed. */
export async function onAll(
  subjects: readonly Subject[],
  act: (subject: Subject) => Promise<unknown>,
  onDone: (done: number) => void,
): Promise<Result[]> {
  const waiting = [...subjects];
  const results: Result[] = [];
  const work = async () => {
    for (let subject = waiting.shift(); subject; subject = waiting.shift()) {
      results.push(await actOn(subject, act));
      onDone(results.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results.toSorted((a, b) => Number(b.trouble !== undefined) - Number(a.trouble !== undefined));
}

async function actOn(subject: Subject, act: (subject: Subject) => Promise<unknown>): Promise<Result> {
  const { id: botId, name, reason } = subject;
  if (reason) return { botId, name, trouble: reason };
  return act(subject).then(
    () => ({ botId, name }),
    (error: unknown) => ({ botId, name, trouble: sentenceOf(error) }),
  );
}
