import type { Span } from '@clawster/contract/trace';
import { botWord } from '../words.ts';

export type BotMark = { letter: string; name: string };

/** A letter for each bot of a trace, in the order in which they come in; of one bot alone none is needed. */
export function botMarks(spans: readonly Span[]): ReadonlyMap<string, BotMark> {
  const bots = [...new Map(spans.map((span) => [span.botId, span])).values()];
  if (bots.length < 2) return new Map();
  return new Map(bots.map((bot, at) => [bot.botId, { letter: letterOf(at), name: botWord(bot) }]));
}

const alphabet = 26;
/** A, B … Z, AA, AB …: as columns of a sheet are named. */
function letterOf(at: number): string {
  const last = String.fromCodePoint(65 + (at % alphabet));
  return at < alphabet ? last : letterOf(Math.floor(at / alphabet) - 1) + last;
}
