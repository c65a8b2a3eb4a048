import type { CaptureMode, KeptPolicy } from '@clawster/contract/capture';
import { countText } from '../../output.ts';

const modes: Record<CaptureMode, string> = {
  off: 'Turns, tools and calls are counted; nothing tells whose they were.',
  metadata: 'Conversations and people are told apart; nothing of what was said is kept.',
  redacted: 'What was said is kept, with keys, addresses and numbers of people masked.',
  full: 'What was said is kept as it was.',
};

/** The policy in sentences. */
export function sayPolicy({ mode, keepDays, people, bots }: KeptPolicy): string {
  const hasText = mode === 'redacted' || mode === 'full';
  return [
    `${mode}: ${modes[mode]}`,
    ...(hasText ? [`Text is kept for ${keepDays === 1 ? 'a day' : `${keepDays} days`}.`] : []),
    `People are told ${people === 'names' ? 'by name' : 'by pseudonyms'}.`,
    `${countText(bots)} ${bots === 1 ? 'bot keeps' : 'bots keep'} to it.`,
  ].join('\n');
}
