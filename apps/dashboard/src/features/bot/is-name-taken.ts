import { ProblemError } from '@clawster/client/problem-error';

/** Whether something was refused because another bot has the name. */
export function isNameTaken(error: Error): boolean {
  return error instanceof ProblemError && error.code === 'conflict';
}
