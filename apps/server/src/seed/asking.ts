import { randomUUID } from 'node:crypto';
import {
  type ControlPlaneMethod,
  controlPlaneMethods,
  type ControlPlaneParams,
  type ControlPlaneResult,
} from '@clawster/link/control-plane-methods';
import type { ResponseFrame } from '@clawster/link/frame';

export type Ask = <M extends ControlPlaneMethod>(
  method: M,
  params: ControlPlaneParams<M>,
) => Promise<ControlPlaneResult<M>>;

/** What a stand-in asks of the control plane over a link that `send` writes to; an answer that is not as agreed is thrown. */
export class Asking {
  readonly #pending = new Map<string, PromiseWithResolvers<unknown>>();
  readonly #send: (frame: unknown) => void;

  constructor(send: (frame: unknown) => void) {
    this.#send = send;
  }

  readonly ask: Ask = async (method, params) => {
    const id = randomUUID();
    const pending = Promise.withResolvers<unknown>();
    this.#pending.set(id, pending);
    this.#send({ type: 'req', id, method, params });
    const result = await pending.promise;
    return controlPlaneMethods[method].result.parse(result) as ControlPlaneResult<typeof method>;
  };

  answered({ id, result, error }: ResponseFrame): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else pending?.resolve(result);
  }

  /** The link is gone, and with it what was asked. */
  ended(): void {
    for (const { reject } of this.#pending.values()) reject(new Error('The link ended before the answer'));
  }
}
