import type { RotationBotState } from '@clawster/contract/rotation';

/** A bot that gives no proof in this time is stuck: longer than a gateway's start and its channels' connecting take. */
export const proofMsMax = 5 * 60_000;

export type ProofSeen = { ok: boolean; text: string; at: string };
export type BotSeen = {
  state: RotationBotState;
  text: string;
  givenAt: Date | undefined;
  /** Of the new value; one that was answered by trying again is not among them. */
  proof: ProofSeen | undefined;
  isUsing: boolean;
  isRunning: boolean;
  /** What the bot itself says of how it is. */
  reason: string;
};

/** Where a bot is by what is known now; one that is stuck and proves itself after all is proven. */
export function rotationStateOf(bot: BotSeen, now: Date): { state: RotationBotState; text: string } {
  const { state, text, proof } = bot;
  if (!bot.isUsing) return { state: 'gone', text: 'It uses the secret no more' };
  if (state === 'waiting' || state === 'proven' || state === 'gone') return { state, text };
  if (proof?.ok) return { state: 'proven', text: proof.text };
  if (!bot.isRunning) return { state: 'resting', text: 'It gets the new value when it starts' };
  if (proof) return { state: 'stuck', text: proof.text };
  if (state === 'stuck') return { state, text };
  const waitedMs = now.getTime() - (bot.givenAt ?? now).getTime();
  if (waitedMs > proofMsMax)
    return { state: 'stuck', text: `No proof came in ${proofMsMax / 60_000} minutes. ${bot.reason}` };
  return { state: 'given', text: `Waiting for its proof. ${bot.reason}` };
}
