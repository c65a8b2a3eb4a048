import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field, Input } from '../../ui/field.tsx';

type Message = { message?: string | undefined } | undefined;
type TermsFieldsProps = {
  register: (name: 'note' | 'expires' | 'rotateDays') => UseFormRegisterReturn;
  errors: { note?: Message; expires?: Message; rotateDays?: Message };
};

/** What is said of a secret beside its name and value. */
export function TermsFields({ register, errors }: TermsFieldsProps) {
  return (
    <>
      <Field label="Note" error={errors.note?.message} hint="Where it comes from, and who can make another.">
        {(described) => <Input {...described} {...register('note')} maxLength={300} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Expires on"
          error={errors.expires?.message}
          hint="When its service lets it end. You are told two weeks before."
        >
          {(described) => <Input {...described} {...register('expires')} type="date" />}
        </Field>
        <Field label="Replace every (days)" error={errors.rotateDays?.message} hint="Empty: when you like.">
          {(described) => <Input {...described} {...register('rotateDays')} inputMode="numeric" autoComplete="off" />}
        </Field>
      </div>
    </>
  );
}
