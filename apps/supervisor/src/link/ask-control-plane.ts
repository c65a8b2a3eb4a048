import { randomUUID } from 'node:crypto';
import {
  type ControlPlaneMethod,
  controlPlaneMethods,
  type ControlPlaneParams,
  type ControlPlaneResult,
} from '@clawster/link/control-plane-methods';
import type { ResponseFrame } from '@clawster/link/frame';

/** The control plane answered that it does not do it, or could not be asked; `code` says which. */
export class AskRefused extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = 'AskRefused';
    this.code = code;
  }
}

/** What is asked over one link: each request is answered once, or refused with the link's end. */
export type Asking = {
  ask<M extends ControlPlaneMethod>(method: M, params: ControlPlaneParams<M>): Promise<ControlPlaneResult<M>>;
  answered(frame: ResponseFrame): void;
  ended(): void;
};

/** Requests that go up over a link that `send` writes to. */
export function openAsking(send: (frame: unknown) => void): Asking {
  const pending = new Map<string, PromiseWithResolvers<unknown>>();
  return {
    async ask(method, params) {
      const id = randomUUID();
      const answer = Promise.withResolvers<unknown>();
      pending.set(id, answer);
      send({ type: 'req', id, method, params });
      const result = await answer.promise;
      return controlPlaneMethods[method].result.parse(result) as ControlPlaneResult<typeof method>;
    },
    answered({ id, result, error }) {
      const waiting = pending.get(id);
      pending.delete(id);
      if (error) waiting?.reject(new AskRefused(error.code, error.message));
      else waiting?.resolve(result);
    },
    ended() {
      for (const { reject } of pending.values()) reject(unlinked());
      pending.clear();
    },
  };
}

/** There is nobody to ask right now. */
export function unlinked(): AskRefused {
  return new AskRefused('unavailable', 'There is no link to the control plane');
}
