import { SessionList } from '@clawster/gateway/protocol';
import type { Running } from './bring-up.ts';

/** Ends every run under way in any of the bot's sessions, also those that wait their turn. */
export async function endRuns(running: Running, signal: AbortSignal): Promise<void> {
  const client = await running.link.client(10_000, signal);
  const { sessions } = SessionList.parse(await client.call('sessions.list', { limit: 500 }));
  const busy = sessions.filter(({ hasActiveRun }) => hasActiveRun);
  await Promise.all(busy.map(({ key }) => client.call('chat.abort', { sessionKey: key })));
}
