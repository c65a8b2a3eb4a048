import type { Configure } from '@clawster/link/supervisor-methods';
import type { Host } from '../host.ts';
import type { Running } from './bring-up.ts';
import { warmUp } from './readiness.ts';

export type ModelCheck = { running: Running; wanted: Configure; signal: AbortSignal };

/** Says ready only after a model turn came back, or when the bot is not to be asked idly. Returns what stood in the way, if all did not go well. */
export async function checkModel(host: Host, check: ModelCheck): Promise<'well' | { error: unknown }> {
  const { status } = host;
  if (!check.wanted.modelCheck) {
    status.step('model', 'done', 'Not asked: the model check is turned off for this bot');
    status.set('ready', 'The gateway answers; the model check is turned off');
    return 'well';
  }
  if (status.state() !== 'degraded') status.set('warming', 'Asking the model for a first answer');
  status.step('model', 'running', 'Asking the model for a first answer');
  try {
    const { durationMs } = await warmUp(await check.running.link.client(60_000, check.signal), check.signal);
    const seconds = (durationMs / 1000).toFixed(1);
    status.evidence('model', true, `A model turn came back in ${seconds} s`);
    status.step('model', 'done', `Answered in ${seconds} s`);
    status.set('ready', 'The gateway answers, and a model turn came back');
    host.log('info', 'the model answered', { modelTurnMs: durationMs });
    return 'well';
  } catch (error) {
    if (check.signal.aborted || check.running.process.hasExited()) return { error };
    const sentence = host.modelGateway.lastFailure() ?? (error instanceof Error ? error.message : String(error));
    status.evidence('model', false, sentence);
    status.step('model', 'failed', sentence);
    status.set('degraded', `The model did not answer. ${sentence}`);
    host.log('warn', 'the model check failed', { reason: sentence });
    return { error };
  }
}
