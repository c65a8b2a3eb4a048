import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

export const controlLook =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-text placeholder:text-faint aria-invalid:border-bad disabled:opacity-60';

type Described = { id: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: true | undefined };
type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  children: (described: Described) => ReactNode;
};

/** A control with its name, and what is wrong with it told to eyes and ears alike. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const described: Described = {
    id,
    ...(error || hint ? { 'aria-describedby': noteId } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  };
  return (
    <div className={clsx('space-y-1', className)}>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children(described)}
      {error || hint ? (
        <div
          id={noteId}
          role={error ? 'alert' : undefined}
          className={clsx('text-xs', error ? 'text-bad' : 'text-muted')}
        >
          {error ?? hint}
        </div>
      ) : null}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(controlLook, 'h-9', className)} />;
}

/** An input that offers values without insisting on one of them. */
export function SuggestingInput({ offered, ...rest }: ComponentProps<'input'> & { offered: string[] | undefined }) {
  const id = useId();
  return (
    <>
      <Input {...rest} list={id} />
      <datalist id={id}>
        {offered?.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </datalist>
    </>
  );
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={clsx(controlLook, 'py-2 leading-relaxed', className)} />;
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={clsx(controlLook, 'h-9 pr-7', className)} />;
}

/** What is wrong with the form as a whole. */
export function FormProblem({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className="rounded-md border border-bad/30 bg-bad-soft px-3 py-2 text-sm text-bad">
      {message}
    </p>
  );
}
