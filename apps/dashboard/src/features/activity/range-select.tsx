import { Input, Select } from '../../ui/field.tsx';
import { type ActivityFilter, rangeWords, type SetActivityFilter } from './activity-filter.ts';

type RangeSelectProps = { filter: ActivityFilter; setFilter: SetActivityFilter };

/** The time that is looked at: the last so much, or from one day to another. */
export function RangeSelect({ filter, setFilter }: RangeSelectProps) {
  const push = { push: true };
  return (
    <>
      <Select
        aria-label="When"
        className="w-auto!"
        value={filter.range}
        onChange={({ target }) =>
          setFilter({ range: target.value === 'day' ? '' : target.value, from: '', to: '' }, push)
        }
      >
        {Object.entries(rangeWords).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      {filter.range === 'days'
        ? (['from', 'to'] as const).map((name) => (
            <Input
              key={name}
              type="date"
              aria-label={name === 'from' ? 'First day' : 'Last day'}
              className="w-auto!"
              value={filter[name]}
              onChange={({ target }) => setFilter({ [name]: target.value })}
            />
          ))
        : null}
    </>
  );
}
