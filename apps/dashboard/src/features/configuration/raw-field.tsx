import { CodeArea } from '../../ui/code-area.tsx';
import { Field } from '../../ui/field.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { withRaw } from './settings-draft.ts';

/** The OpenClaw part of the settings as JSON, with what is said against it at its path. */
export function RawField({ draft, onChange, issues }: Omit<SettingsFieldsProps, 'belowAt'>) {
  const against = issues.filter(({ path }) => path.startsWith('openclaw'));
  const error = draft.rawTrouble ?? against[0]?.message;
  return (
    <div className="space-y-2">
      <Field
        label="OpenClaw settings (JSON)"
        error={error}
        hint='Laid over what is below: objects key by key, null takes away, { "$add": […], "$remove": […] } changes a list.'
      >
        {(described) => (
          <CodeArea
            {...described}
            rows={Math.min(20, Math.max(6, draft.raw.split('\n').length + 1))}
            autoComplete="off"
            placeholder={'{\n  "messages": { "responsePrefix": "[bot]" }\n}'}
            value={draft.raw}
            onChange={(event) => onChange(withRaw(draft, event.target.value))}
          />
        )}
      </Field>
      {against.length > 0 ? (
        <ul className="space-y-0.5 text-xs text-bad">
          {against.map(({ path, message }) => (
            <li key={path + message} className="break-words">
              <code className="font-mono">{path}</code>: {message}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
