import type { Host } from '../host.ts';
import type { ModelCall } from './model-call.ts';

/** Keeps each call for the control plane, and shows among the bot's evidence when a limit stops it and when it goes on. */
export function tellCalls({ spool, status }: Pick<Host, 'spool' | 'status'>): (call: ModelCall) => void {
  let stopped: string | undefined;
  return (call) => {
    spool.add('model-call', call);
    if (call.outcome === 'refused' && call.failure !== undefined && call.failure !== stopped) {
      stopped = call.failure;
      status.evidence('model', false, call.failure);
    } else if (call.outcome === 'answered' && stopped !== undefined) {
      stopped = undefined;
      status.evidence('model', true, 'Model calls go through again');
    }
  };
}
