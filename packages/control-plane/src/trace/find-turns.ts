import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { findByTool } from './find-by-tool.ts';
import { findByWords } from './find-by-words.ts';
import { inSlices, selectTurns, type TurnsAsked } from './select-turns.ts';
import type { TurnRow } from './turn.queries.ts';

/** The latest turns that fit, latest first. */
export async function findTurns(tx: Tx, caller: SignedIn, asked: TurnsAsked): Promise<TurnRow[]> {
  const { search, tool } = asked;
  if (search) return findByWords(tx, caller, { ...asked, search });
  if (tool !== undefined) return findByTool(tx, caller, { ...asked, tool });
  return inSlices(asked, (slice) => selectTurns(tx, { caller, asked: slice }));
}
