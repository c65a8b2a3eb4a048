'use client';

import { api } from '@clawster/contract/api';
import type { InboxItemDetail } from '@clawster/contract/inbox';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { useChange } from '../../lib/use-change.ts';
import { Field, Select } from '../../ui/field.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** Gives it to somebody, who is told. */
export function AssignField({ item, whyNot }: { item: InboxItemDetail; whyNot: string | undefined }) {
  const { id: itemId, assignee } = item;
  const forbidden = useWhyForbidden('person:read');
  const people = useQuery({ ...q(api.people.list, { limit: 200 }), enabled: !forbidden }).data?.items ?? [];
  const assign = useChange<InboxItemDetail, string | null>({
    call: (personId) => client.inbox.assign({ itemId, personId }),
    nouns: ['inbox'],
    said: ({ assignee: given }) => (given ? `${given.name} is told.` : 'It is for whoever may decide.'),
    tellsTrouble: true,
  });
  if (whyNot || forbidden) return null;
  return (
    <Field label="Who decides it" className="max-w-xs">
      {(described) => (
        <Select
          {...described}
          value={assignee?.id ?? ''}
          disabled={assign.isPending}
          onChange={({ target }) => assign.mutate(target.value || null)}
        >
          <option value="">Whoever may</option>
          {people
            .filter(({ disabledAt }) => !disabledAt)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      )}
    </Field>
  );
}
