import type { Rights } from '@clawster/contract/team';
import { wordsIn } from '../../lib/words-in.ts';

/** Rights as they are written in a form: `*` for all. */
export type RightsDraft = { capabilities: string; tools: string };

const written = (words: string[] | 'all') => (words === 'all' ? '*' : words.join(', '));
const read = (text: string) => (text.trim() === '*' ? ('all' as const) : wordsIn(text));

export const rightsDraft = ({ capabilities, tools }: Rights): RightsDraft => ({
  capabilities: written(capabilities),
  tools: written(tools),
});

export const rightsIn = ({ capabilities, tools }: RightsDraft): Rights => ({
  capabilities: read(capabilities),
  tools: read(tools),
});

/** What may be done, in a sentence. */
export function sayRights({ capabilities, tools }: Rights): string {
  const some = (words: string[] | 'all', all: string) => (words === 'all' ? all : words.join(', '));
  const asked = some(capabilities, 'anything');
  const used = some(tools, 'all tools of whoever does it');
  if (!asked && !used) return 'Nothing';
  return `${asked ? `Ask for ${asked}` : 'Ask for nothing'}; ${used ? `with ${used}` : 'without tools'}`;
}
