import type { PriceUse } from '@clawster/contract/cost';
import { usdColumn } from '@clawster/domain/cost/money';
import { Card } from '../../ui/page.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';

type Line = PriceUse & { amount: string };
const columns: Column<Line>[] = [
  { name: 'Model', of: ({ model }) => model },
  { name: 'Provider', of: ({ connectorId, connectorName }) => connectorName ?? (connectorId ? 'Gone' : 'Not known') },
  {
    name: 'Price (US dollars for a million: input / output / from cache / to cache)',
    of: ({ priceVersion }) => priceVersion || <span className="text-warn">No known price</span>,
  },
  {
    name: 'Days',
    of: ({ firstDay, lastDay }) => (firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`),
  },
  { name: 'Calls', of: ({ calls }) => calls.toLocaleString('en'), figure: true },
  { name: 'Cost', of: ({ amount }) => amount, figure: true },
];

/** At which prices the calls were counted: a price that changes later changes nothing of what was counted before. */
export function Prices({ prices }: { prices: PriceUse[] }) {
  if (prices.length === 0) return null;
  const { texts } = usdColumn(prices.map(({ usd }) => usd));
  return (
    <Card title="Prices it was counted at" flush>
      <DataTable
        label="Prices"
        columns={columns}
        rows={prices.map((price, at) => ({ ...price, amount: texts[at] ?? '' }))}
        keyOf={({ connectorId, model, priceVersion }) => `${connectorId} ${model} ${priceVersion}`}
      />
    </Card>
  );
}
