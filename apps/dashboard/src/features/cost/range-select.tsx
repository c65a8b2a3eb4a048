import { useHydrated } from '../../lib/use-hydrated.ts';
import { Select } from '../../ui/field.tsx';
import { type Range, rangeNames, ranges } from './range.ts';
import { useRange } from './use-range.ts';

/** Chooses the days that are looked at. */
export function RangeSelect() {
  const { range, choose } = useRange();
  // What is chosen before the page listens would be forgotten.
  const isHydrated = useHydrated();
  return (
    <Select
      aria-label="Days"
      className="w-auto!"
      disabled={!isHydrated}
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
