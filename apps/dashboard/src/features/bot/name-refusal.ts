import { ProblemError } from '@clawster/client/problem-error';
import { BotName } from '@clawster/contract/bot';
import { sentenceOf } from '../../lib/sentence.ts';
import { isNameTaken } from './is-name-taken.ts';

/** What is wrong with a name before anyone is asked. */
export function nameIssue(name: string): string | undefined {
  return BotName.safeParse(name).error?.issues[0]?.message;
}

/** Where a refusal belongs: at the name when that is what was refused, else above the form. */
export function nameRefusal(refusal: Error | null): { name?: string; form?: string } {
  if (!refusal) return {};
  const issue = refusal instanceof ProblemError ? refusal.issues.find(({ path }) => path === 'name') : undefined;
  return issue || isNameTaken(refusal)
    ? { name: issue?.message ?? sentenceOf(refusal) }
    : { form: sentenceOf(refusal) };
}
