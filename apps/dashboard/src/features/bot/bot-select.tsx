import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Select } from '../../ui/field.tsx';

type BotSelectProps = React.ComponentProps<'select'> & { none: string };

/** The bots of the workspace to choose one of, or none. */
export function BotSelect({ none, ...rest }: BotSelectProps) {
  const bots = useQuery(q(api.bots.list, { limit: 200 })).data?.items ?? [];
  return (
    <Select {...rest}>
      <option value="">{none}</option>
      {bots.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
