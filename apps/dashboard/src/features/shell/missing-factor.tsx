'use client';

import { AddFactor } from './add-factor.tsx';
import { FactorWords } from './factor-words.tsx';

/** For someone who is to add a second factor: the banner while there is time, and then the page to add one. */
export function MissingFactor({ dueAt }: { dueAt?: string }) {
  return dueAt ? <FactorWords dueAt={dueAt} /> : <AddFactor />;
}
