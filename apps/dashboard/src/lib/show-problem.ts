import { ProblemError } from '@clawster/client/problem-error';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { sentenceOf } from './sentence.ts';

/** Puts a refusal where it belongs: its issues at their fields, everything else above the form. */
export function showProblem<Values extends FieldValues>(form: UseFormReturn<Values>, error: unknown): void {
  const fields = Object.keys(form.getValues());
  const issues = error instanceof ProblemError ? error.issues.filter(({ path }) => fields.includes(path)) : [];
  for (const { path, message } of issues) form.setError(path as Path<Values>, { message });
  if (issues.length === 0) form.setError('root', { message: sentenceOf(error) });
}
