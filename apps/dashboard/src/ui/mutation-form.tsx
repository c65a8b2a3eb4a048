import type { ReactNode } from 'react';
import { sentenceOf } from '../lib/sentence.ts';
import { FormProblem } from './field.tsx';

type MutationFormProps = {
  /** What is done when it is submitted; why it was refused is told above the fields. */
  mutation: { mutate: () => void; error: Error | null };
  className?: string;
  children: ReactNode;
};

/** A form whose fields are state, and whose sending is a mutation. */
export function MutationForm({ mutation: { mutate, error }, className = 'space-y-4', children }: MutationFormProps) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <FormProblem message={error ? sentenceOf(error) : undefined} />
      {children}
    </form>
  );
}
