import type { Days } from '@clawster/contract/cost';
import { useState } from 'react';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { daysOf, type Range, ranges } from './range.ts';

/** The days that are looked at, as the address says; this month where it does not. */
export function useRange(): { range: Range; days: Days; choose: (range: Range) => void } {
  const [params, setParams] = useUrlState();
  const [now] = useState(() => Date.now());
  const range = oneOf(ranges, params.get('range')) ?? 'this-month';
  const choose = (next: Range) => setParams({ range: next === 'this-month' ? null : next });
  return { range, days: daysOf(range, now), choose };
}
