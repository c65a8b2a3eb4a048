import type { z } from 'zod';
import { DrawBudget, DrawnBudget } from './budget.ts';
import { teamControlPlaneMethods } from './team.ts';

/** What a supervisor asks of the control plane. One that does not know a method answers `unknown-method`. */
export const controlPlaneMethods = {
  'budget.draw': { params: DrawBudget, result: DrawnBudget },
  ...teamControlPlaneMethods,
} as const;
export type ControlPlaneMethod = keyof typeof controlPlaneMethods;
export type ControlPlaneParams<M extends ControlPlaneMethod> = z.output<(typeof controlPlaneMethods)[M]['params']>;
export type ControlPlaneResult<M extends ControlPlaneMethod> = z.output<(typeof controlPlaneMethods)[M]['result']>;
