import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { q } from '../../lib/query.ts';
import { Field, Select, Textarea } from '../../ui/field.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import type { ExporterDraft } from './exporter-draft.ts';

type Props = { form: UseFormReturn<ExporterDraft>; hasHeaders: boolean };

/** The headers by which the other side knows the workspace: entered here, or a secret that is kept already. */
export function HeadersFields({ form, hasHeaders }: Props) {
  const { errors } = form.formState;
  const mayAttach = useWhyForbidden('secret:manage') === undefined;
  const { data } = useQuery({ ...q(api.secrets.list, { limit: 200 }), enabled: mayAttach });
  const secrets = data?.items ?? [];
  const isEntered = !form.watch('headersSecretId');
  return (
    <>
      {secrets.length > 0 ? (
        <Field label="Headers from" error={errors.headersSecretId?.message}>
          {(described) => (
            <Select {...described} {...form.register('headersSecretId')}>
              <option value="">as I enter them</option>
              {secrets.map(({ id, name }) => (
                <option key={id} value={id}>
                  the secret {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      {isEntered ? (
        <Field
          label="Headers"
          error={errors.headers?.message}
          hint={`One to a line. ${hasHeaders ? 'Leave it empty to keep those there are.' : 'Kept encrypted, never shown again; empty where none are asked for.'}`}
        >
          {(described) => (
            <Textarea
              {...described}
              {...form.register('headers')}
              rows={2}
              className="font-mono text-sm"
              placeholder="Authorization: Bearer …"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
