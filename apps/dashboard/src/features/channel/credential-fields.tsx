import { api } from '@clawster/contract/api';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { channelFacts, type CredentialField, credentialFields } from '@clawster/domain/channel/kinds';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Field, Select } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { type CredentialDraft, type GivenCredential, notGiven, whyNotField } from './credential-draft.ts';

type CredentialFieldsProps = { kind: ChannelKind; draft: CredentialDraft; onChange: (draft: CredentialDraft) => void };

/** The tokens of a kind: typed, or chosen of the secrets that are kept. */
export function CredentialFields({ kind, draft, onChange }: CredentialFieldsProps) {
  const secrets = useQuery(q(api.secrets.list, { limit: 200 })).data?.items ?? [];
  return credentialFields(kind).map((field) => (
    <One
      key={field}
      kind={kind}
      field={field}
      given={draft[field] ?? notGiven}
      error={whyNotField(kind, field, draft)}
      secrets={secrets}
      onChange={(given) => onChange({ ...draft, [field]: given })}
    />
  ));
}

type OneProps = {
  kind: ChannelKind;
  field: CredentialField;
  given: GivenCredential;
  error: string | undefined;
  secrets: { id: string; name: string }[];
  onChange: (given: GivenCredential) => void;
};

function One({ kind, field, given, error, secrets, onChange }: OneProps) {
  const { label, hint } = channelFacts[kind].credentials[field] ?? { label: field, hint: '' };
  return (
    <div className="space-y-2">
      {given.by === 'value' ? (
        <Field label={label} error={error} hint={`${hint}. It is kept encrypted and never shown again.`}>
          {(described) => (
            <PasswordInput
              {...described}
              value={given.value}
              autoComplete="off"
              onChange={(event) => onChange({ ...given, value: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field label={label} hint="A secret that is kept already; what uses it shares its value.">
          {(described) => (
            <Select
              {...described}
              value={given.secretId}
              onChange={(event) => onChange({ ...given, secretId: event.target.value })}
            >
              <option value="">Choose…</option>
              {secrets.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {secrets.length > 0 ? (
        <button
          type="button"
          className="text-sm text-accent underline underline-offset-2"
          onClick={() => onChange({ ...given, by: given.by === 'value' ? 'secret' : 'value' })}
        >
          {given.by === 'value' ? 'Use a secret that is kept' : 'Enter a new one'}
          <span className="sr-only"> as the {label.toLowerCase()}</span>
        </button>
      ) : null}
    </div>
  );
}
