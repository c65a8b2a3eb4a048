import { isOver } from '@clawster/domain/delegation/step';
import { findDelegation } from '../delegation/delegation.queries.ts';
import { sayResult } from '../delegation/say-result.ts';
import { takeResult } from '../delegation/take-result.ts';
import { sayAnswer, takeAnswer } from '../inbox/answer-questions.ts';
import type { Tx } from '../transaction.ts';

/** What a model is told in the end. */
export type Awaited = { text: string; isError: boolean };
/** What came of what a call waits for, by its id; undefined where it is another's or not over. Who is told so has it. */
export type FindAwaited = (tx: Tx, waitsFor: string) => Promise<Awaited | undefined>;

/** Everything a call can wait for. */
export const awaited: FindAwaited[] = [
  async (tx, id) => {
    const row = await findDelegation(tx, id);
    if (!row || !isOver(row.state)) return undefined;
    await takeResult(tx, row);
    return { text: sayResult(row), isError: row.state !== 'done' };
  },
  async (tx, id) => {
    const row = await takeAnswer(tx, id);
    return row && { text: sayAnswer(row), isError: false };
  },
];
