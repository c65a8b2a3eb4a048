import type { Attributes } from '@opentelemetry/api';
import { timeOf } from '../exporter/otel-span.ts';
import type { OtelMetrics } from '../exporter/otlp.ts';

export type OtelMetric = OtelMetrics['scopeMetrics'][number]['metrics'][number];
export type Described = { name: string; description: string; unit: string };
export type Point = { attributes: Attributes; value: number };
/** One count more than there are bounds. */
export type CountedPoint = { attributes: Attributes; counts: number[]; bounds: number[]; sum: number };

/** Makes metrics of points that hold from then until now; without a point there is no metric. */
export async function metricData(since: Date, now: Date) {
  const [{ AggregationTemporality, DataPointType }, { ValueType }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/api'),
  ]);
  const times = { startTime: timeOf(since.getTime()), endTime: timeOf(now.getTime()) };
  const aggregationTemporality = AggregationTemporality.CUMULATIVE;
  return {
    sum(descriptor: Described & { isMoney?: true }, points: Point[]): OtelMetric[] {
      const valueType = descriptor.isMoney ? ValueType.DOUBLE : ValueType.INT;
      const dataPoints = points.map((point) => ({ ...times, ...point }));
      const common = { descriptor: { ...descriptor, valueType }, aggregationTemporality, dataPoints };
      return points.length === 0 ? [] : [{ ...common, dataPointType: DataPointType.SUM, isMonotonic: true }];
    },
    histogram(descriptor: Described, points: CountedPoint[]): OtelMetric[] {
      const dataPoints = points.map(({ attributes, counts, bounds, sum }) => ({
        ...times,
        attributes,
        value: { buckets: { boundaries: bounds, counts }, sum, count: counts.reduce((one, two) => one + two, 0) },
      }));
      const common = { descriptor: { ...descriptor, valueType: ValueType.DOUBLE }, aggregationTemporality, dataPoints };
      return points.length === 0 ? [] : [{ ...common, dataPointType: DataPointType.HISTOGRAM }];
    },
  };
}
