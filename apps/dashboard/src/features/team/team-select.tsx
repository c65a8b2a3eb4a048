import { api } from '@clawster/contract/api';
import type { Team } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Select } from '../../ui/field.tsx';

type TeamSelectProps = React.ComponentProps<'select'> & { none: string };

/** The teams of the workspace to choose one of, or none. */
export function TeamSelect({ none, ...rest }: TeamSelectProps) {
  return (
    <Select {...rest}>
      <option value="">{none}</option>
      {useTeams().map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** The same: none where there are none, and until they are known. */
export function useTeams(): readonly Team[] {
  return useQuery(q(api.teams.list, { limit: 200 })).data?.items ?? [];
}
