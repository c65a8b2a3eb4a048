import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { hashToken } from '../session/token.ts';
import { describeDirectory } from './directory.queries.ts';
import { lockOwnDirectory } from './lock-own-directory.ts';
import { endTokens, insertToken } from './token.queries.ts';
import { newTokenValue } from './token-value.ts';

/** Gives the directory a new token; what it had is good until the overlap ends. */
export const rotateDirectory = command(api.directory.rotate, async ({ tx, caller, record }, { overlapHours }) => {
  const directory = await lockOwnDirectory(tx, caller);
  const goodUntil = await endTokens(tx, directory, overlapHours);
  const { value, prefix } = newTokenValue();
  await insertToken(tx, directory, { prefix, valueHash: hashToken(value) });
  await record({
    type: 'directory-rotated',
    subjectId: directory.id,
    subjectName: directory.name,
    detail: { prefix, goodUntil: goodUntil.toISOString() },
  });
  return { directory: await describeDirectory(tx, directory), value };
});
