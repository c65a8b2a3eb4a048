import { useMemo } from 'react';
import { Chart } from '../../ui/chart.tsx';
import type { During } from '../../ui/chart-scale.ts';

type UsageChartProps = {
  label: string;
  unit: string;
  series: readonly { at: string; count: number; failed: number }[];
  during: During;
};

/** How many there were over time, and how many of them went wrong. */
export function UsageChart({ label, unit, series, during }: UsageChartProps) {
  const parts = useMemo(
    () => [
      { name: 'Went well', points: series.map(({ at, count, failed }) => ({ at, value: count - failed })) },
      { name: 'Failed', tone: 'bad' as const, points: series.map(({ at, failed }) => ({ at, value: failed })) },
    ],
    [series],
  );
  return <Chart kind="stacked" label={label} unit={unit} series={parts} during={during} />;
}
