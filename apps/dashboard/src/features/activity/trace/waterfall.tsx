'use client';

import type { Span, SpanKind } from '@clawster/contract/trace';
import { clsx } from 'clsx';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { took } from '../../../lib/time.ts';
import { focusSoon } from '../../../lib/use-row-keys.ts';
import { useRowsInSight } from '../../../lib/use-rows-in-sight.ts';
import { ticksTo } from '../../../ui/chart-scale.ts';
import { kindWords, outcomeLook, spanName } from '../words.ts';
import { type BotMark, botMarks } from './bot-marks.ts';
import { spanColours } from './span-colour.ts';
import type { TraceRow } from './trace-rows.ts';

const rowHeight = 30;
const rowsHighMax = 18;
const columns = 'grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] sm:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]';
/** Deeper ones stand no further to the right, so that their names stay readable. */
const depthShownMax = 8;

type WaterfallProps = {
  rows: TraceRow[];
  selected: Span | undefined;
  onSelect: (span: Span) => void;
};

/** What happened when, and inside of what, on one axis of time; arrows move from one to the next. */
export function Waterfall({ rows, selected, onSelect }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useRowsInSight({ count: rows.length, rowHeight, scroller });
  const marks = useMemo(() => botMarks(rows.map(({ span }) => span)), [rows]);
  const at = rows.findIndex(({ span }) => span === selected);
  const { bringIntoSight } = sight;
  useEffect(() => {
    if (at >= 0) bringIntoSight(at);
  }, [at, bringIntoSight]);
  const ticks = ticksTo(Math.max(1, ...rows.map(({ startMs, span }) => startMs + span.durationMs)));
  const topMs = ticks.at(-1) ?? 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextRow(event.key, at, rows.length);
    const row = next === undefined ? undefined : rows[next];
    if (next === undefined || !row) return;
    event.preventDefault();
    onSelect(row.span);
    bringIntoSight(next);
    focusSoon(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`));
  };
  // One of them is reached by Tab, and arrows lead on from there.
  const reached = sight.rows.includes(at) ? at : sight.rows[0];
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <Axis ticks={ticks} topMs={topMs} />
      <div
        ref={scroller}
        role="group"
        aria-label="Waterfall"
        className="overflow-y-auto"
        style={{ height: Math.min(rows.length, rowsHighMax) * rowHeight }}
      >
        <div className="relative" style={{ height: rows.length * rowHeight }}>
          {sight.rows.map((index) => {
            const row = rows[index];
            return row ? (
              <Row
                key={`${row.span.botId} ${row.span.id}`}
                {...{ row, index, topMs, onSelect, onKeyDown }}
                mark={marks.get(row.span.botId)}
                selected={index === at}
                reached={index === reached}
              />
            ) : null;
          })}
        </div>
      </div>
      <Legend rows={rows} marks={[...marks.values()]} />
    </div>
  );
}

function nextRow(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

function Axis({ ticks, topMs }: { ticks: number[]; topMs: number }) {
  return (
    <div aria-hidden className={`${columns} h-8 items-center border-b border-line bg-ground text-xs text-muted`}>
      <span className="px-3">What, and after how long</span>
      <span className="relative mr-3 h-full">
        {ticks.slice(0, -1).map((tick, at) => (
          <span
            key={tick}
            className={clsx('absolute top-2 border-l border-line-strong pl-1', at % 2 === 1 && 'hidden sm:block')}
            style={{ left: `${(tick / topMs) * 100}%` }}
          >
            {tick === 0 ? '0' : took(tick)}
          </span>
        ))}
      </span>
    </div>
  );
}

type RowProps = {
  row: TraceRow;
  index: number;
  topMs: number;
  /** Of whom it is, where there are several bots. */
  mark: BotMark | undefined;
  selected: boolean;
  reached: boolean;
  onSelect: (span: Span) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function Row({ row: { span, depth, startMs }, index, topMs, mark, selected, reached, onSelect, onKeyDown }: RowProps) {
  return (
    <button
      type="button"
      data-row={index}
      tabIndex={reached ? 0 : -1}
      aria-pressed={selected}
      onClick={() => onSelect(span)}
      onKeyDown={onKeyDown}
      className={clsx(
        columns,
        'absolute inset-x-0 w-full items-center text-left text-sm outline-offset-[-2px]',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      style={{ height: rowHeight, top: index * rowHeight }}
    >
      <span
        className="flex min-w-0 items-center gap-1.5 pr-2"
        style={{ paddingLeft: 12 + Math.min(depth, depthShownMax) * 14 }}
      >
        <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: spanColours[span.kind] }} />
        {mark ? <Mark mark={mark} /> : null}
        <span className="truncate">
          <span className="sr-only">{kindWords[span.kind]} </span>
          {spanName(span)}
        </span>
        {span.outcome === 'ok' ? null : (
          <span className={`shrink-0 text-xs ${span.outcome === 'failed' ? 'text-bad' : 'text-warn'}`}>
            {outcomeLook(span).word}
          </span>
        )}
      </span>
      <Bar span={span} startMs={startMs} topMs={topMs} />
    </button>
  );
}

/** As long as it took; what came before the first word of a model is lighter. */
function Bar({ span, startMs, topMs }: { span: Span; startMs: number; topMs: number }) {
  const left = (startMs / topMs) * 100;
  const width = (span.durationMs / topMs) * 100;
  const untilWord = span.ttfbMs && span.durationMs > 0 ? Math.min(1, span.ttfbMs / span.durationMs) * 100 : 0;
  const place = placeOfWord(left, width);
  return (
    <span className="relative mr-3 h-full">
      <span
        className={clsx(
          'absolute top-2 bottom-2 min-w-[3px] overflow-hidden rounded-[3px]',
          span.outcome === 'failed' && 'ring-2 ring-bad',
        )}
        style={{ left: `${left}%`, width: `${width}%`, background: spanColours[span.kind] }}
      >
        {untilWord > 0 ? (
          <span aria-hidden className="absolute inset-y-0 left-0 bg-surface/60" style={{ width: `${untilWord}%` }} />
        ) : null}
      </span>
      <span
        className={clsx(
          'absolute top-1.5 px-1.5 text-xs whitespace-nowrap',
          place === 'inside' ? 'text-surface' : 'text-muted',
        )}
        style={
          place === 'after'
            ? { left: `${left + width}%` }
            : { right: `${100 - (place === 'before' ? left : left + width)}%` }
        }
      >
        {took(span.durationMs)}
      </span>
    </span>
  );
}

/** Beside the bar on the side where there is room, else at its end. */
function placeOfWord(left: number, width: number): 'before' | 'after' | 'inside' {
  if (left + width <= 75) return 'after';
  return left > 25 ? 'before' : 'inside';
}

/** Of which bot it is, as a letter: colours say of which kind. */
function Mark({ mark: { letter, name } }: { mark: BotMark }) {
  return (
    <span className="shrink-0 rounded border border-line-strong px-1 text-xs leading-4 font-semibold" title={name}>
      <span aria-hidden>{letter}</span>
      <span className="sr-only">{name}: </span>
    </span>
  );
}

function Legend({ rows, marks }: { rows: TraceRow[]; marks: BotMark[] }) {
  const kinds = new Set(rows.map(({ span }) => span.kind));
  const shown = (Object.keys(spanColours) as SpanKind[]).filter((kind) => kinds.has(kind));
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3 py-2 text-xs text-muted">
      {shown.map((kind) => (
        <span key={kind} className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-[3px]" style={{ background: spanColours[kind] }} />
          {kindWords[kind]}
        </span>
      ))}
      {marks.map((mark) => (
        <span key={mark.letter} className="inline-flex items-center gap-1.5">
          <span aria-hidden>
            <Mark mark={mark} />
          </span>
          {mark.name}
        </span>
      ))}
      {kinds.has('model-call') ? <span>Lighter: until its first word</span> : null}
      <span className="ml-auto hidden sm:block">↑ ↓ go from one to the next</span>
    </p>
  );
}
