'use client';

import { ChartColumn, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from './button.tsx';
import { Bars, type ChartRow as Row, Lines } from './chart-marks.tsx';
import { type During, namedSlots, type Scale, scaleOf, slotName, slotOf, ticksTo } from './chart-scale.ts';

export type ChartTone = 'ok' | 'warn' | 'bad' | 'off';
export type ChartSeries = {
  name: string;
  points: readonly { at: string; value: number }[];
  /** Where its colour means something; else each gets the next of a row. */
  tone?: ChartTone;
};
type ChartProps = {
  /** What is shown, as a heading would say it. */
  label: string;
  /** What one is of, at the axis: "messages", "US dollars". */
  unit: string;
  /** Bars stand beside each other, or upon each other when they are parts of a whole. */
  kind: 'bars' | 'lines' | 'stacked';
  series: readonly ChartSeries[];
  format?: (value: number) => string;
  height?: number;
  /** The time it is about; absent: from the first point to the last. */
  during?: During;
};

const inOrder = [1, 2, 3, 4, 5, 6, 7].map((at) => `var(--series-${at})`);
const tones: Record<ChartTone, string> = { ok: 'var(--ok)', warn: 'var(--warn)', bad: 'var(--bad)', off: 'var(--off)' };
const plain = (value: number) => value.toLocaleString('en');

/** Values over time, with their unit, what each moment holds on hover, and all of it as a table behind. */
export function Chart({ label, unit, kind, series, format = plain, height = 180, during }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const scale = useMemo(
    () =>
      scaleOf(
        series.flatMap(({ points }) => points.map(({ at }) => at)),
        during,
      ),
    [series, during],
  );
  const rows = useMemo(() => rowsOf(series, scale), [series, scale]);
  return (
    <figure aria-label={label}>
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <span>{unit}</span>
        <Legend rows={rows} />
        <Button
          look="quiet"
          className="ml-auto"
          aria-pressed={asTable}
          icon={asTable ? <ChartColumn /> : <Table2 />}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Show as a chart' : 'Show as a table'}
        </Button>
      </figcaption>
      {asTable ? (
        <ValueTable rows={rows} scale={scale} format={format} height={height} />
      ) : (
        <Plot {...{ label, kind, rows, scale, format, height }} />
      )}
    </figure>
  );
}

function rowsOf(series: readonly ChartSeries[], scale: Scale): Row[] {
  let next = 0;
  return series.map(({ name, points, tone }) => {
    const values = Array.from({ length: scale.count }, () => 0);
    for (const { at, value } of points) {
      const slot = slotOf(scale, at);
      if (values[slot] !== undefined) values[slot] += value;
    }
    return { name, values, colour: tone ? tones[tone] : (inOrder[next++ % inOrder.length] ?? '') };
  });
}

function Legend({ rows }: { rows: Row[] }) {
  return rows.map(({ name, colour }) => (
    <span key={name} className="inline-flex items-center gap-1.5">
      <span aria-hidden className="size-2.5 rounded-[3px]" style={{ background: colour }} />
      {name}
    </span>
  ));
}

type PlotProps = {
  label: string;
  kind: ChartProps['kind'];
  rows: Row[];
  scale: Scale;
  format: (value: number) => string;
  height: number;
};

function Plot({ label, kind, rows, scale, format, height }: PlotProps) {
  const [pointed, setPointed] = useState<number>();
  const ticks = ticksTo(highestOf(rows, kind));
  const top = ticks.at(-1) ?? 1;
  const sums = rows.map(({ name, values }) => `${name} ${format(values.reduce((sum, value) => sum + value, 0))}`);
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted">
      <div aria-hidden className="flex flex-col-reverse justify-between text-right" style={{ height }}>
        {ticks.map((tick) => (
          <span key={tick} className="flex h-0 items-center justify-end whitespace-nowrap">
            {format(tick)}
          </span>
        ))}
      </div>
      <div
        className="relative border-b border-line-strong"
        style={{ height }}
        onPointerMove={({ clientX, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          setPointed(Math.min(scale.count - 1, Math.max(0, Math.floor(((clientX - left) / width) * scale.count))));
        }}
        onPointerLeave={() => setPointed(undefined)}
      >
        {ticks.slice(1).map((tick) => (
          <span
            key={tick}
            aria-hidden
            className="absolute inset-x-0 border-t border-line"
            style={{ top: `${100 - (tick / top) * 100}%` }}
          />
        ))}
        <svg
          role="img"
          aria-label={`${label}: ${sums.join(', ')}`}
          viewBox={`0 0 ${scale.count} ${top}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
        >
          {kind === 'lines' ? <Lines rows={rows} top={top} /> : <Bars rows={rows} top={top} kind={kind} />}
        </svg>
        {pointed === undefined ? null : <Pointed rows={rows} scale={scale} slot={pointed} format={format} />}
      </div>
      <span />
      <SlotNames scale={scale} />
    </div>
  );
}

function highestOf(rows: Row[], kind: ChartProps['kind']): number {
  const slots = rows[0]?.values.map((_, slot) => rows.map(({ values }) => values[slot] ?? 0)) ?? [];
  return Math.max(
    0,
    ...slots.map((values) =>
      kind === 'stacked' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values),
    ),
  );
}

type PointedProps = { rows: Row[]; scale: Scale; slot: number; format: (value: number) => string };

/** What is under the pointer; it never stands in the pointer's way. */
function Pointed({ rows, scale, slot, format }: PointedProps) {
  const isLeft = slot < scale.count / 2;
  const middle = ((slot + 0.5) / scale.count) * 100;
  return (
    <>
      <span aria-hidden className="absolute inset-y-0 w-px bg-line-strong" style={{ left: `${middle}%` }} />
      <div
        className="pointer-events-none absolute top-0 z-10 max-w-56 rounded-md border border-line bg-raised px-2.5 py-1.5 text-text shadow-raised"
        style={isLeft ? { left: `calc(${middle}% + 8px)` } : { right: `calc(${100 - middle}% + 8px)` }}
      >
        <p className="font-medium">{slotName(scale, slot)}</p>
        {rows.map(({ name, colour, values }) => (
          <p key={name} className="flex items-center gap-1.5 whitespace-nowrap">
            <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: colour }} />
            <span className="truncate text-muted">{name}</span>
            <span className="ml-auto pl-2">{format(values[slot] ?? 0)}</span>
          </p>
        ))}
      </div>
    </>
  );
}

function SlotNames({ scale }: { scale: Scale }) {
  return (
    <div aria-hidden className="relative mt-1 h-4 overflow-hidden">
      {namedSlots(scale.count, 6).map((slot) => (
        <span
          key={slot}
          className={`absolute truncate ${scale.count === 1 ? '' : 'max-w-[16%]'}`}
          style={{ left: `${((slot + 0.12) / scale.count) * 100}%` }}
        >
          {slotName(scale, slot)}
        </span>
      ))}
    </div>
  );
}

function ValueTable({ rows, scale, format, height }: Omit<PlotProps, 'label' | 'kind'>) {
  return (
    // A region one can scroll must be reachable by keys.
    <div tabIndex={0} role="region" aria-label="Values" className="overflow-auto" style={{ height: height + 20 }}>
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-surface text-xs text-muted">
          <tr>
            <th className="py-1 text-left font-medium">When</th>
            {rows.map(({ name }) => (
              <th key={name} className="py-1 pl-4 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: scale.count }, (_, slot) => (
            <tr key={slot} className="border-t border-line">
              <th className="py-1 text-left font-normal whitespace-nowrap">{slotName(scale, slot)}</th>
              {rows.map(({ name, values }) => (
                <td key={name} className="py-1 pl-4 text-right">
                  {format(values[slot] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
