import type { Configure } from '@clawster/link/supervisor-methods';
import { oneAtATime } from '../one-at-a-time.ts';
import type { Hold } from '../orders.ts';

export type DisconnectWatch = {
  /** The bot's policy, once it is known. */
  policy: () => Configure['disconnect'] | undefined;
  isUp: () => boolean;
  /** Undefined: the link is back. Returns when the gateway has ended. */
  onAway: (hold: Hold | undefined) => Promise<void>;
  /** Monotonic milliseconds: a clock that is set does not stop a bot. */
  now?: () => number;
};

const lookEveryMs = 5_000;

/** Stops the bot when its control plane has been away for as long as its policy bears, and lets it run when it is back. */
export function watchDisconnect(watch: DisconnectWatch): { look(): Promise<void>; stop(): void } {
  const { policy, isUp, onAway, now = () => performance.now() } = watch;
  let upAt = now();
  let isHeld = false;
  const look = oneAtATime(async () => {
    const up = isUp();
    if (up) upAt = now();
    const minutes = policy();
    const isOver = !up && typeof minutes === 'number' && now() - upAt >= minutes * 60_000;
    if (isOver === isHeld) return;
    isHeld = isOver;
    await onAway(isOver ? { sentence: sentenceOf(minutes), state: 'failed' } : undefined);
  });
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  return { look, stop: () => clearInterval(timer) };
}

function sentenceOf(minutes: number): string {
  return `Clawster could not be reached for ${minutes} min: stopped, as its disconnect policy says. It starts again when the link is back`;
}
