import type { Revision } from '@clawster/contract/revision';
import { expect, test } from 'vitest';
import { sayCause } from './say-cause.ts';

test.each<[Revision['cause'], string]>([
  [{ kind: 'bot' }, 'The bot itself was changed'],
  [{ kind: 'profile', id: 'p', name: 'House' }, 'The profile House was changed'],
  [{ kind: 'overlay', id: 'o', name: 'Holiday' }, 'The overlay Holiday was changed'],
  [{ kind: 'rollback', number: 3 }, 'Rolled back to revision 3'],
  [{ kind: 'first' }, 'What it was at first'],
])('the cause of a revision is told in words: %j', (cause, words) => expect(sayCause({ cause })).toBe(words));
