import { setTimeout as sleep } from 'node:timers/promises';
import { closeCode } from '@clawster/link/handshake';
import { heartbeatMs } from '@clawster/link/frame';
import type { ConnectedTarget, Seen, Workload } from '@clawster/target/target';
import { behaviourOf, type Mood, moodOf } from './mood.ts';
import { createIdentity, StandInSupervisor } from './stand-in-supervisor.ts';

/** A supervisor at work, or why it is no more. */
type Post = { generation: number; supervisor?: StandInSupervisor; over?: string };

/** Not to be let in again, however often it asks. */
const finalCodes: number[] = [closeCode.unauthenticated, closeCode.revoked, closeCode.replaced, closeCode.declined];
const failuresMax = 20;

/** A target that runs nothing, with a stand-in supervisor in this process for each of its bots, which dials in as real ones do. */
export function inhabit(target: ConnectedTarget, fares: (botName: string) => Mood = moodOf): ConnectedTarget {
  const posts = new Map<string, Post>();
  return {
    ...target,
    bringsRuntime: true,
    async inspect(botId) {
      return seenWith(posts.get(botId), await target.inspect(botId));
    },
    async apply(workload) {
      const before = posts.get(workload.botId);
      // To the machine it must have ended before it is started again.
      if (before?.over !== undefined) await target.stop(workload.botId);
      await target.apply(workload);
      if (before && before.over === undefined && before.generation >= workload.generation) return;
      end(before);
      const post: Post = { generation: workload.generation };
      posts.set(workload.botId, post);
      void keepLinked(post, workload, fares(workload.botName));
    },
    async stop(botId) {
      end(posts.get(botId));
      await target.stop(botId);
    },
    async remove(botId, options) {
      end(posts.get(botId));
      posts.delete(botId);
      await target.remove(botId, options);
    },
  };
}

function seenWith(post: Post | undefined, seen: Seen): Seen {
  if (post?.over === undefined || !('generation' in seen)) return seen;
  const { generation, copy } = seen;
  return { state: 'exited', generation, reason: post.over, ...(copy ? { copy } : {}) };
}

function end(post: Post | undefined): void {
  if (!post || post.over !== undefined) return;
  post.over = 'Stopped';
  post.supervisor?.end();
}

/** Dials in, and again whenever the link is lost, for as long as it is wanted; one that is silent by nature does not come again. */
async function keepLinked(post: Post, workload: Workload, mood: Mood): Promise<void> {
  const identity = createIdentity();
  let [enrolled, failures] = [false, 0];
  while (post.over === undefined) {
    let code: number | undefined;
    try {
      const supervisor = await StandInSupervisor.dialIn(workload.controlPlaneUrl, {
        botId: workload.botId,
        identity,
        heartbeatMs,
        forgetful: true,
        behaviour: behaviourOf(workload.botName, mood),
        ...(enrolled ? {} : { joinToken: workload.joinToken }),
      });
      [enrolled, failures] = [true, 0];
      post.supervisor = supervisor;
      if (post.over !== undefined) supervisor.end();
      if (mood === 'unknown') supervisor.silent = true;
      code = await supervisor.closed;
      if (supervisor.silent) return;
    } catch (error) {
      failures += 1;
      code = (error as { code?: number }).code;
    }
    if (failures >= failuresMax || finalCodes.includes(code ?? 0)) post.over ??= `Not let in any more (${code})`;
    await sleep(500 + Math.random() * 2_000, undefined, { ref: false });
  }
}
