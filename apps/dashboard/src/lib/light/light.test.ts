import { apiPrefix } from '@clawster/contract/api';
import { Problem } from '@clawster/contract/problem';
import { expect, test } from 'vitest';
import { plainRoutes } from '../../../scripts/plain-routes.ts';
import * as light from './api.ts';
import { Problem as LightProblem } from './problem.ts';

test('the built dashboard calls the routes of the contract (run scripts/write-routes.ts when it does not)', () => {
  expect(light.api).toEqual(plainRoutes());
  expect(light.apiPrefix).toBe(apiPrefix);
});

test.each([
  ['a problem', { type: 't', title: 't', status: 409, code: 'conflict', detail: 'Taken' }],
  ['something else', { error: 'no' }],
  ['nothing', null],
] as const)('%s is told apart as the contract does', (_, value) => {
  expect(LightProblem.safeParse(value).data).toEqual(Problem.safeParse(value).data);
});
