import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Skeleton } from '../../ui/page.tsx';

/** As many as may be named at once. */
const namedMax = 200;

type BotChoiceProps = { connector: Connector; chosen: string[]; onChange: (chosen: string[]) => void };

/** Bots to tick by name, each with the connector it has now. */
export function BotChoice({ connector, chosen, onChange }: BotChoiceProps) {
  const { data } = useQuery(q(api.bots.list, { limit: namedMax }));
  const more = data ? data.total - data.items.length : 0;
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">Bots</legend>
      {/* The dialog stays in sight however many there are. */}
      <div className="max-h-48 space-y-2 overflow-y-auto rounded-md border border-line p-3">
        {data?.items.map(({ id, name, connectorName, spec }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {name}{' '}
            <span className="text-muted">{spec.connectorId === connector.id ? 'has it' : `has ${connectorName}`}</span>
          </Checkbox>
        )) ?? <Skeleton className="h-16 w-full" />}
        {data?.items.length === 0 ? <p className="text-sm text-muted">There are no bots yet.</p> : null}
      </div>
      {more > 0 ? <p className="text-sm text-muted">and {more} more: give it to those by their labels</p> : null}
    </fieldset>
  );
}
