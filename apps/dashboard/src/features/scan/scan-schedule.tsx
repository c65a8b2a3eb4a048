'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Field, Select } from '../../ui/field.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const choices: [hours: number | null, name: string][] = [
  [6, 'Every 6 hours'],
  [24, 'Every day'],
  [168, 'Every week'],
  [null, 'Only when asked'],
];

/** How often it is scanned without being asked. */
export function ScanSchedule() {
  const queryClient = useQueryClient();
  const { data } = useQuery(q(api.scans.schedule, {}));
  const forbidden = useWhyForbidden('secret:manage');
  const change = useMutation({
    mutationFn: (everyHours: number | null) => client.scans.setSchedule({ everyHours }),
    onSuccess: async () => {
      tell('It is changed how often secrets are scanned for.');
      await queryClient.invalidateQueries({ queryKey: ['scans'] });
    },
    onError: tellTrouble,
  });
  if (!data) return null;
  const { everyHours } = data;
  const isListed = choices.some(([hours]) => hours === everyHours);
  const listed = isListed ? choices : [[everyHours, `Every ${everyHours} hours`] as const, ...choices];
  return (
    <Field label="Scan by itself">
      {(described) => (
        <Select
          {...described}
          className="max-w-56"
          value={String(everyHours)}
          disabled={forbidden !== undefined || change.isPending}
          onChange={({ target }) => change.mutate(target.value === 'null' ? null : Number(target.value))}
        >
          {listed.map(([hours, name]) => (
            <option key={String(hours)} value={String(hours)}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
