import type { TeamMember } from '@clawster/contract/team';
import { usd } from '../../../lib/amount.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import type { Edge } from './graph-layout.ts';

/** The same as the picture, in words and figures. */
export function FlowTable({ edges, members }: { edges: readonly Edge[]; members: readonly TeamMember[] }) {
  if (edges.length === 0)
    return <p className="px-4 py-8 text-center text-sm text-muted">Nobody asked anybody for anything in this time.</p>;
  const nameOf = (botId: string | undefined) =>
    botId === undefined
      ? 'People and channels'
      : (members.find((member) => member.botId === botId)?.botName ?? 'A bot that has left');
  const figure = (name: string, of: (edge: Edge) => number): Column<Edge> => ({
    name,
    figure: true,
    of: (edge) => of(edge).toLocaleString('en'),
  });
  const columns: readonly Column<Edge>[] = [
    { name: 'Who asks', of: ({ fromBotId }) => nameOf(fromBotId) },
    { name: 'Who is asked', of: ({ toBotId }) => nameOf(toBotId) },
    figure('Open', ({ open }) => open),
    figure('Held', ({ held }) => held),
    figure('Done', ({ done }) => done),
    figure('Refused', ({ refused }) => refused),
    figure('Failed', ({ failed }) => failed),
    { name: 'Cost', figure: true, of: ({ costUsd }) => usd(costUsd) },
  ];
  return (
    <DataTable
      label="Who asks whom, as a table"
      columns={columns}
      rows={edges}
      keyOf={({ fromBotId, toBotId }) => `${fromBotId ?? ''} ${toBotId}`}
    />
  );
}
