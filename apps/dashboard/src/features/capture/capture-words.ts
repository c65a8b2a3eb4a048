import type { BotCapture, CaptureMode } from '@clawster/contract/capture';

/** What each mode keeps, in a few words and in a sentence. */
export const captureWords: Record<CaptureMode, { title: string; sentence: string }> = {
  off: {
    title: 'Only counts',
    sentence: 'How many turns, tools and calls there were, and what they cost. Nothing tells in whose conversation.',
  },
  metadata: {
    title: 'Who and when',
    sentence: 'Also which conversation each turn was in and who wrote. Nothing of what was said leaves the bot.',
  },
  redacted: {
    title: 'Text, masked',
    sentence: 'Also what was said, with keys, e-mail addresses and numbers of phones, cards and accounts masked.',
  },
  full: { title: 'Text as it was', sentence: 'Also what was said, word for word, whatever people wrote.' },
};

/** A bot's own mode as its page says it. */
export function captureText(mode: BotCapture): string {
  return mode === 'inherit' ? 'As the workspace' : captureWords[mode].title;
}
