import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field, Input, Select } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { type Store, stores } from './source-form.ts';

type Message = { message?: string | undefined } | undefined;
type KeptFieldsProps = {
  store: Store | 'here';
  register: (name: 'store' | 'value' | 'source' | 'field') => UseFormRegisterReturn;
  errors: { value?: Message; source?: Message; field?: Message };
};

/** Where a secret is kept: here, by its value, or in another store, by where it is there. */
export function KeptFields({ store, register, errors }: KeptFieldsProps) {
  return (
    <>
      <Field label="Kept" hint={store === 'here' ? undefined : 'Clawster reads it there, and follows what changes.'}>
        {(described) => (
          <Select {...described} {...register('store')}>
            <option value="here">here, encrypted</option>
            {Object.entries(stores).map(([kind, { name }]) => (
              <option key={kind} value={kind}>
                in {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {store === 'here' ? (
        <Field label="Value" error={errors.value?.message}>
          {(described) => <PasswordInput {...described} {...register('value')} autoComplete="off" />}
        </Field>
      ) : (
        <PlaceFields store={store} register={register} errors={errors} />
      )}
    </>
  );
}

function PlaceFields({ store, register, errors }: KeptFieldsProps & { store: Store }) {
  const { label, example, hint, field } = stores[store];
  return (
    <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
      <Field label={label} error={errors.source?.message} hint={hint}>
        {(described) => (
          <Input {...described} {...register('source')} placeholder={example} autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <Field label="Field" error={errors.field?.message} hint={field}>
        {(described) => <Input {...described} {...register('field')} autoComplete="off" spellCheck={false} />}
      </Field>
    </div>
  );
}
