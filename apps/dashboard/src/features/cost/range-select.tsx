import { Select } from '../../ui/field.tsx';
import { type Range, rangeNames, ranges } from './range.ts';
import { useRange } from './use-range.ts';

/** Chooses the days that are looked at. */
export function RangeSelect() {
  const { range, choose } = useRange();
  return (
    <Select
      aria-label="Days"
      className="w-auto!"
      value={range}
      onChange={({ target }) => choose(target.value as Range)}
    >
      {ranges.map((name) => (
        <option key={name} value={name}>
          {rangeNames[name]}
        </option>
      ))}
    </Select>
  );
}
