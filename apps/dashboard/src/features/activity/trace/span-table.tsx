import type { Span } from '@clawster/contract/trace';
import { usd } from '../../../lib/amount.ts';
import { took } from '../../../lib/time.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Card } from '../../../ui/page.tsx';
import { BotName } from '../bot-and-channel.tsx';
import { kindWords, outcomeLook, spanName } from '../words.ts';
import type { TraceRow } from './trace-rows.ts';

type SpanTableProps = { rows: TraceRow[]; onSelect: (span: Span) => void };

/** The same as the waterfall, in words and figures. */
export function SpanTable({ rows, onSelect }: SpanTableProps) {
  const columns: readonly Column<TraceRow>[] = [
    {
      name: 'What',
      of: ({ span, depth }) => (
        <button
          type="button"
          className="max-w-64 truncate font-medium hover:underline"
          style={{ marginLeft: Math.min(depth, 8) * 12 }}
          onClick={() => onSelect(span)}
        >
          {spanName(span)}
        </button>
      ),
    },
    { name: 'Kind', of: ({ span }) => kindWords[span.kind] },
    { name: 'Bot', of: ({ span }) => <BotName bot={span} /> },
    { name: 'Outcome', of: ({ span }) => outcomeLook(span).word },
    { name: 'Began after', figure: true, of: ({ startMs }) => took(startMs) },
    { name: 'Took', figure: true, of: ({ span }) => took(span.durationMs) },
    {
      name: 'Tokens',
      figure: true,
      of: ({ span: { kind, inputTokens, outputTokens } }) =>
        kind === 'model-call' ? (inputTokens + outputTokens).toLocaleString('en') : '',
    },
    {
      name: 'Cost',
      figure: true,
      of: ({ span: { kind, costUsd } }) => {
        if (kind !== 'model-call') return '';
        return costUsd === undefined ? 'No price' : usd(costUsd);
      },
    },
  ];
  return (
    <Card flush>
      <DataTable label="Spans" columns={columns} rows={rows} keyOf={({ span }) => `${span.botId} ${span.id}`} />
    </Card>
  );
}
