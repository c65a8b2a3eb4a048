import { supervisorMethods } from '@clawster/link/supervisor-methods';
import type { SupervisorMethod, SupervisorResult } from '@clawster/link/supervisor-methods';
import type { RequestFrame } from '@clawster/link/frame';
import type { z } from 'zod';

/** Sends one part of a streaming answer. */
export type Part = (payload: unknown) => void;
export type Context = { part: Part; signal: AbortSignal };
export type Handlers = {
  [M in Exclude<SupervisorMethod, 'cancel'>]: (
    params: z.output<(typeof supervisorMethods)[M]['params']>,
    context: Context,
  ) => Promise<SupervisorResult<M>>;
};
export type Outcome = { result: unknown } | { error: { code: string; message: string } };

/** Why a request of the control plane was not carried out; the code is one of the link's. */
export class SupervisorRefusal extends Error {
  readonly code: 'gateway-down' | 'refused' | 'cancelled' | 'timeout' | 'trouble' | 'invalid';
  constructor(code: SupervisorRefusal['code'], sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'SupervisorRefusal';
    this.code = code;
  }
}

export type Answering = { answer(request: RequestFrame, part: Part): Promise<Outcome>; cancelAll(): void };

/** Carries out requests, each exactly once answered; `cancel` and the end of the link withdraw those under way. */
export function createAnswering(handlers: Handlers): Answering {
  const underWay = new Map<string, AbortController>();

  async function carryOut(request: RequestFrame, part: Part): Promise<unknown> {
    if (!Object.hasOwn(supervisorMethods, request.method))
      throw Object.assign(new Error(`This supervisor does not know "${request.method}"`), { code: 'unknown-method' });
    const method = request.method as SupervisorMethod;
    const params = supervisorMethods[method].params.safeParse(request.params);
    if (!params.success)
      throw new SupervisorRefusal(
        'invalid',
        `The parameters of "${method}" are not as agreed: ${params.error.issues[0]?.message ?? ''}`,
      );
    if (method === 'cancel') {
      underWay
        .get((params.data as { request: string }).request)
        ?.abort(new SupervisorRefusal('cancelled', 'Withdrawn'));
      return {};
    }
    const controller = new AbortController();
    underWay.set(request.id, controller);
    try {
      const handler = handlers[method] as (params: unknown, context: Context) => Promise<unknown>;
      return await handler(params.data, { part, signal: controller.signal });
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
      underWay.delete(request.id);
    }
  }

  return {
    async answer(request, part) {
      try {
        return { result: await carryOut(request, part) };
      } catch (error) {
        const code =
          error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'trouble';
        const known = ['gateway-down', 'refused', 'cancelled', 'timeout', 'unknown-method', 'invalid'].includes(code);
        return {
          error: { code: known ? code : 'trouble', message: error instanceof Error ? error.message : String(error) },
        };
      }
    },
    cancelAll() {
      for (const controller of underWay.values())
        controller.abort(new SupervisorRefusal('cancelled', 'The link ended'));
    },
  };
}
