import type { BotStep, Evidence } from '@clawster/contract/bot';
import type { Observation } from './phase.ts';

/** What was seen, by whom and when: the target's word first, then the supervisor's own. */
export function evidenceOf({ seen, report, now }: Observation): Evidence[] {
  const target: Evidence = {
    source: 'target',
    ok: seen.state === 'running',
    text: targetText(seen),
    at: now.toISOString(),
  };
  return seen.state === 'absent' || seen.state === 'exited' ? [target] : [target, ...(report?.evidence ?? [])];
}

/** What is said of a target that does not answer, before why; it says nothing of the bot. */
export const targetSilent = 'The target cannot be asked';
/** What is said of a process that is on its way. */
export const processStarting = 'The supervisor is starting';

function targetText(seen: Observation['seen']): string {
  switch (seen.state) {
    case 'absent':
      return `No process of this bot${outlived(seen)}`;
    case 'starting':
      return processStarting;
    case 'running':
      return 'The supervisor runs';
    case 'stopping':
      return 'The supervisor is stopping';
    case 'exited':
      return `The supervisor ended: ${seen.reason}${outlived(seen)}`;
    case 'unreachable':
      return `${targetSilent}: ${seen.reason}`;
  }
}

function outlived({ orphan }: { orphan?: true }): string {
  return orphan ? '; its gateway still runs' : '';
}

/** The way to ready: the steps Clawster takes, then the two the supervisor reports. */
export function stepsOf(observation: Observation): BotStep[] {
  const { seen, link, report, runtimeVersion } = observation;
  const runs = seen.state === 'running' || seen.state === 'starting' || seen.state === 'unreachable';
  const current = runs && report ? report.steps : [];
  const own = (name: 'gateway' | 'model', label: string): BotStep => {
    const reported = current.find((step) => step.name === name);
    return reported ? { ...reported, label } : { name, label, state: 'waiting' };
  };
  const supervisorRuns = runs && seen.state !== 'starting';
  return [
    runtimeStep(observation, runs, runtimeVersion),
    supervisorStep(observation, runs, supervisorRuns),
    {
      name: 'link',
      label: 'Connect to Clawster',
      state: !runs ? 'waiting' : link.connected || report ? 'done' : 'running',
    },
    own('gateway', 'Start OpenClaw'),
    ...(observation.modelCheck ? [own('model', 'Ask the model')] : []),
  ];
}

function runtimeStep({ runtime }: Observation, runs: boolean, version: string): BotStep {
  const step = { name: 'runtime', label: `Install OpenClaw ${version}` } as const;
  if (runs) return { ...step, state: 'done' };
  switch (runtime.phase) {
    case 'installed':
      return { ...step, state: 'done' };
    case 'failed':
      return { ...step, state: 'failed', detail: runtime.message };
    case 'installing':
      return { ...step, state: 'running', ...(runtime.message ? { detail: runtime.message } : {}) };
    case 'absent':
      return { ...step, state: 'waiting' };
  }
}

function supervisorStep(
  { seen, step, runtime, trouble }: Observation,
  runs: boolean,
  supervisorRuns: boolean,
): BotStep {
  const base = { name: 'supervisor', label: 'Start the supervisor' } as const;
  if (supervisorRuns) return { ...base, state: 'done' };
  if (trouble && !runs) return { ...base, state: 'failed', detail: trouble.message };
  if (runtime.phase !== 'installed' || (step.do === 'wait' && step.for === 'slot'))
    return { ...base, state: 'waiting' };
  return { ...base, state: 'running', ...(seen.state === 'exited' ? { detail: seen.reason } : {}) };
}
