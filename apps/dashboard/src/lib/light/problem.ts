import type { Problem as ContractProblem } from '@clawster/contract/problem';

/** Stands in for the contract's `Problem` in the built dashboard, as `api.ts` beside it does for the routes. */
export const Problem = {
  safeParse: (value: unknown): { data?: ContractProblem } => (isProblem(value) ? { data: value } : {}),
};

function isProblem(value: unknown): value is ContractProblem {
  const fields = value as Partial<ContractProblem> | null;
  return (
    typeof fields === 'object' &&
    typeof fields?.code === 'string' &&
    typeof fields.detail === 'string' &&
    typeof fields.status === 'number'
  );
}
