import type { Trace } from '@clawster/contract/trace';
import { botText, costText, saidLines, spanText, tokensText, tookText } from './activity-text.ts';
import { countText, type Output } from './output.ts';

const barColumns = 24;

type Placed = { span: Trace['spans'][number]; depth: number };

/** A trace as lines: each span below what it happened in, with a bar for when it was. */
export function waterfall(trace: Trace, out: Output): string {
  const beganMs = Date.parse(trace.startedAt);
  const wholeMs = Math.max(1, Date.parse(trace.endedAt) - beganMs);
  const lines = inTree(trace.spans).flatMap(({ span, depth }) => {
    const indent = '  '.repeat(depth);
    const bar = out.colour('cyan', barOf((Date.parse(span.at) - beganMs) / wholeMs, span.durationMs / wholeMs));
    return [
      `${bar}  ${tookText(span.durationMs).padStart(8)}  ${indent}${botText(span)}: ${spanText(span, out)}`,
      ...saidLines(span, ' '.repeat(barColumns + 12) + indent),
    ];
  });
  const bots = new Set(trace.spans.map(({ botId }) => botId)).size;
  return [
    `${trace.startedAt.slice(0, 19)}, ${tookText(wholeMs)}, ${bots === 1 ? 'one bot' : `${bots} bots`}, ${tokensText(trace)}, ${costText(trace)}`,
    '',
    ...lines,
    ...(trace.more > 0 ? [`and ${countText(trace.more)} more`] : []),
  ].join('\n');
}

/** Parents before their children, each in the order they began. */
function inTree(spans: Trace['spans']): Placed[] {
  const known = new Set(spans.map(({ botId, id }) => `${botId} ${id}`));
  const parentOf = ({ botId, id, parentId }: Placed['span']) =>
    parentId !== undefined && parentId !== id && known.has(`${botId} ${parentId}`) ? `${botId} ${parentId}` : '';
  const children = Map.groupBy(spans, parentOf);
  const placed = new Set<Placed['span']>();
  const below = (key: string, depth: number): Placed[] =>
    (children.get(key) ?? []).flatMap((span) => {
      placed.add(span);
      return [{ span, depth }, ...below(`${span.botId} ${span.id}`, depth + 1)];
    });
  const tree = below('', 0);
  // Spans that name one another as parents are in no tree.
  return [...tree, ...spans.filter((span) => !placed.has(span)).map((span) => ({ span, depth: 0 }))];
}

function barOf(from: number, length: number): string {
  const first = Math.min(barColumns - 1, Math.max(0, Math.floor(from * barColumns)));
  const count = Math.max(1, Math.min(barColumns - first, Math.round(length * barColumns)));
  return `${' '.repeat(first)}${'█'.repeat(count)}`.padEnd(barColumns);
}
