import { drawBudget } from '@clawster/control-plane/budget/draw-budget';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { teamAnswers } from '@clawster/control-plane/team/answer-team';
import { Refusal } from '@clawster/domain/refusal';
import {
  type ControlPlaneMethod,
  controlPlaneMethods,
  type ControlPlaneParams,
  type ControlPlaneResult,
} from '@clawster/link/control-plane-methods';
import type { RequestFrame, ResponseFrame } from '@clawster/link/frame';

type Answer<M extends ControlPlaneMethod> = (
  plane: ControlPlane,
  link: OpenLink,
  params: ControlPlaneParams<M>,
) => Promise<ControlPlaneResult<M>>;

/** Who carries out what a supervisor asks. */
const handlers: { [M in ControlPlaneMethod]: Answer<M> } = { 'budget.draw': drawBudget, ...teamAnswers };

/** More than a supervisor has any reason to ask at once. */
const waitingMax = 64;

/** Answers what one supervisor asks, each request once and in the order they came: a later one may take an earlier one back. */
export function supervisorAnswers(
  plane: ControlPlane,
  link: OpenLink,
): (frame: RequestFrame) => Promise<ResponseFrame> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async ({ id, method, params }) => {
    const refuse = (code: string, message: string): ResponseFrame => ({ type: 'res', id, error: { code, message } });
    if (!Object.hasOwn(controlPlaneMethods, method))
      return refuse('unknown-method', `The control plane does not know "${method}"`);
    if (waiting >= waitingMax) return refuse('too-many', 'Too much is asked at once');
    const parsed = controlPlaneMethods[method as ControlPlaneMethod].params.safeParse(params);
    if (!parsed.success) return refuse('invalid', `The parameters of "${method}" are not as agreed`);
    waiting += 1;
    const handle = handlers[method as ControlPlaneMethod] as (
      plane: ControlPlane,
      link: OpenLink,
      params: unknown,
    ) => Promise<unknown>;
    const answer = last.then(() => handle(plane, link, parsed.data));
    last = answer.catch(() => undefined).finally(() => (waiting -= 1));
    try {
      return { type: 'res', id, result: await answer };
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.code, error.message);
      plane.log('error', 'A supervisor could not be answered', {
        botId: link.botId,
        method,
        error: error instanceof Error ? error.message : String(error),
      });
      return refuse('trouble', 'The control plane has trouble: ask again in a moment');
    }
  };
}
