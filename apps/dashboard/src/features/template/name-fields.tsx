import { Field, Input } from '../../ui/field.tsx';

export type Named = { name: string; summary: string };

/** What a template is called, and what it is for. */
export function NameFields<Of extends Named>({ named, onChange }: { named: Of; onChange: (named: Of) => void }) {
  return (
    <>
      <Field label="Name">
        {(described) => (
          <Input
            {...described}
            value={named.name}
            maxLength={80}
            placeholder="Such as Support"
            onChange={(event) => onChange({ ...named, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="What for" hint="Told where one chooses among templates.">
        {(described) => (
          <Input
            {...described}
            value={named.summary}
            maxLength={300}
            onChange={(event) => onChange({ ...named, summary: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
