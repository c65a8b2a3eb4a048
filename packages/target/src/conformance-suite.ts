import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ConnectedTarget, Seen, StateTools, Workload } from './target.ts';

/** A target as the suite drives it, and the eyes to see, past the target, what it really did. */
export type TargetUnderTest = {
  /** Connects anew, as a restarted server does. */
  connect(): Promise<ConnectedTarget>;
  /**
   * A workload that runs a stand-in for the supervisor. `stubborn` ignores the polite request to end; `with-gateway`
   * starts a gateway that outlives it, where anything can.
   */
  workload(botId: string, options?: { behaviour?: 'stubborn' | 'with-gateway' }): Workload;
  /** How many copies of a bot's workload run. */
  runningCount(botId: string): Promise<number>;
  /** How many gateways of a bot run; absent where a workload takes all it started along when it ends. */
  gatewayCount?(botId: string): Promise<number>;
  /** The workload as it reached the one that runs, with the join token it was told. */
  received(botId: string): Promise<Pick<Workload, 'generation' | 'botName' | 'joinToken'> | undefined>;
  /** All that others on the host could read: the volume's files, arguments and environment. */
  exposed(botId: string): Promise<string>;
  /** What exports and imports state, where the target can do that. */
  tools: StateTools;
  /** Puts a file into the bot's volume, as the bot would; its state lies in `state/` and `workspace/`. */
  writeState(botId: string, name: string, text: string): Promise<void>;
  readState(botId: string, name: string): Promise<string | undefined>;
  /** How a bot that runs finds the plugins of its version; absent where bots read the prepared ones. */
  plugins?: {
    read(botId: string, name: string): Promise<string | undefined>;
    /** Whether the bot could. */
    write(botId: string, name: string): Promise<boolean>;
  };
  /** Ends the workload without the target's knowing, as a crash does. */
  crash(botId: string): Promise<void>;
  cleanUp(): Promise<void>;
};

export type Suite = { under(): TargetUnderTest; target(): ConnectedTarget; newBot(): string };

/** Waits until the target sees the state; fails with what it saw instead. */
export async function untilState(target: ConnectedTarget, botId: string, state: Seen['state']): Promise<Seen> {
  const deadline = Date.now() + 60_000;
  let seen = await target.inspect(botId);
  while (seen.state !== state && Date.now() < deadline) {
    await sleep(50);
    seen = await target.inspect(botId);
  }
  expect(seen).toMatchObject({ state });
  return seen;
}
