/** A series with a value for each slot. */
export type ChartRow = { name: string; colour: string; values: number[] };
type MarksProps = { rows: ChartRow[]; top: number };

/** A bar for each value that is more than nothing: beside each other, or upon each other. */
export function Bars({ rows, top, kind }: MarksProps & { kind: 'bars' | 'stacked' }) {
  const width = kind === 'stacked' ? 0.76 : 0.76 / Math.max(1, rows.length);
  return rows.map(({ name, colour, values }, at) =>
    values.map((value, slot) => {
      if (value <= 0) return null;
      const beneath = kind === 'stacked' ? rows.slice(0, at).reduce((sum, row) => sum + (row.values[slot] ?? 0), 0) : 0;
      const x = slot + 0.12 + (kind === 'stacked' ? 0 : at * width);
      return (
        <rect key={`${name} ${slot}`} fill={colour} x={x} width={width} y={top - beneath - value} height={value} />
      );
    }),
  );
}

/** A line for each series, through the middle of its slots. */
export function Lines({ rows, top }: MarksProps) {
  return rows.map(({ name, colour, values }) => (
    <polyline
      key={name}
      fill="none"
      stroke={colour}
      strokeWidth={2}
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      points={values.map((value, slot) => `${slot + 0.5},${top - value}`).join(' ')}
    />
  ));
}
