import type { LayerIssue } from '@clawster/contract/configuration';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { BelowNote } from './below-note.tsx';
import { GoalsField } from './goals-field.tsx';
import { sayValue } from './say-layer.ts';
import { type IdentityText, type SettingsDraft, withText } from './settings-draft.ts';
import { issueAt } from './use-preview.ts';
import type { Below } from './value-below.ts';

export type SettingsFieldsProps = {
  draft: SettingsDraft;
  onChange: (draft: SettingsDraft) => void;
  issues: readonly LayerIssue[];
  /** What the layers below say at a path; absent for a layer that many bots share, each of which has others below. */
  belowAt?: ((path: string) => Below) | undefined;
};

const texts: { key: IdentityText; label: string; hint: string; rows: number }[] = [
  { key: 'role', label: 'Role', hint: 'What it is there for, as the model is told.', rows: 3 },
  { key: 'personality', label: 'Personality', hint: 'Who it is, in Markdown; at most 8,000 characters.', rows: 8 },
  { key: 'style', label: 'Communication style', hint: 'How it speaks: length, tone, language.', rows: 3 },
  { key: 'emoji', label: 'Emoji', hint: 'Shown with its name.', rows: 1 },
];

/** Who a bot is and what for: what is written here stands above what comes from below, which is shown in its place. */
export function IdentityFields(props: SettingsFieldsProps) {
  return (
    <div className="space-y-4">
      {texts.map((text) => (
        <TextField key={text.key} text={text} {...props} />
      ))}
      <GoalsField {...props} />
    </div>
  );
}

function TextField({
  text: { key, label, hint, rows },
  draft,
  onChange,
  issues,
  belowAt,
}: SettingsFieldsProps & { text: (typeof texts)[number] }) {
  const path = `identity.${key}`;
  const below = belowAt?.(path);
  const own = draft.settings.identity?.[key];
  const change = (value: string | null | undefined) => onChange(withText(draft, key, value));
  const control = {
    value: own ?? '',
    disabled: below?.lockedBy !== undefined,
    placeholder: own === null || below?.value === undefined ? undefined : sayValue(below.value),
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  };
  return (
    <Field
      label={label}
      error={issueAt(issues, path)}
      hint={
        <>
          {hint} <BelowNote below={below} own={own} onChange={change} />
        </>
      }
    >
      {(described) =>
        rows === 1 ? (
          <Input {...described} {...control} className="max-w-40" maxLength={16} />
        ) : (
          <Textarea {...described} {...control} rows={rows} spellCheck />
        )
      }
    </Field>
  );
}
