import type { BotPhase, BotSpec, BotStep, Evidence } from '@clawster/contract/bot';
import type { OperationKind } from '@clawster/contract/operation';
import type { Runtime } from '@clawster/contract/runtime';
import { evidenceOf, stepsOf } from './phase-evidence.ts';
import type { Facts, Step } from './plan.ts';

/** A supervisor that was silent for longer than this is unknown, whatever it said before. */
export const silenceMsMax = 45_000;

/** What a supervisor said of its gateway last, as far as the phase needs it. */
export type ReportFacts = {
  generation: number;
  state: 'stopped' | 'starting' | 'warming' | 'ready' | 'degraded' | 'paused' | 'stopping' | 'failed';
  reason: string;
  steps: Omit<BotStep, 'label'>[];
  evidence: Evidence[];
  nextTryAt?: string | undefined;
};

export type Observation = {
  desired: BotSpec['desired'];
  /** What keeps the bot from running whatever is wanted. */
  heldBy?: OperationKind | undefined;
  generation: number;
  modelCheck: boolean;
  runtimeVersion: string;
  seen: Facts['seen'];
  runtime: Pick<Runtime, 'phase' | 'message' | 'progress'>;
  /** `silentSince`: when it was last heard from, or started when it never was. */
  link: { connected: boolean; silentSince: Date };
  report?: ReportFacts | undefined;
  /** Why its host obeys someone else, in a sentence. */
  declined?: string | undefined;
  step: Step;
  /** What went wrong with the last step, and when it is tried again. */
  trouble?: { message: string; nextTryAt: Date } | undefined;
  now: Date;
};

export type Told = {
  phase: BotPhase;
  reason: string;
  evidence: Evidence[];
  steps: BotStep[];
  nextTryAt?: string | undefined;
};
type Verdict = { phase: BotPhase; reason: string };

/** Says in one word and one sentence how a bot is, with what was seen of it. Ready is only what was seen to answer. */
export function phaseOf(observation: Observation): Told {
  const verdict = judge(observation);
  const nextTryAt = observation.trouble?.nextTryAt.toISOString() ?? reportOf(observation)?.nextTryAt;
  return {
    ...verdict,
    evidence: evidenceOf(observation),
    steps: observation.desired === 'running' && !observation.heldBy ? stepsOf(observation) : [],
    ...(nextTryAt && verdict.phase !== 'ready' ? { nextTryAt } : {}),
  };
}

/** The last report, unless it is of a process that is gone. */
function reportOf({ seen, report }: Observation): ReportFacts | undefined {
  return seen.state === 'absent' || seen.state === 'exited' ? undefined : report;
}

function judge(observation: Observation): Verdict {
  if (observation.declined && !observation.link.connected) return { phase: 'unknown', reason: observation.declined };
  if (observation.heldBy && observation.desired !== 'destroyed') return towardsStopped(observation);
  switch (observation.desired) {
    case 'destroyed':
      return towardsDestroyed(observation);
    case 'stopped':
      return towardsStopped(observation);
    case 'paused':
      return towardsPaused(observation);
    case 'running':
      return towardsRunning(observation);
  }
}

function towardsDestroyed({ seen, trouble }: Observation): Verdict {
  if (seen.state === 'absent' && !seen.orphan) return { phase: 'destroyed', reason: 'Destroyed' };
  return {
    phase: 'destroying',
    reason: trouble ? `Cannot be removed yet: ${trouble.message}` : whereItIs(seen, 'Removing the bot from its target'),
  };
}

const heldFor: Record<OperationKind, string> = {
  backup: 'Stopped while it is backed up',
  restore: 'Stopped while it is restored from a backup',
  move: 'Stopped while it is moved to another target',
  clone: 'Not started before it has the memory of the other bot',
  adoption: 'Not started before it has its state from the other Clawster',
};

function towardsStopped({ seen, trouble, heldBy }: Observation): Verdict {
  const isOver = seen.state === 'absent' || seen.state === 'exited';
  if (isOver && !seen.orphan)
    return { phase: 'stopped', reason: heldBy ? heldFor[heldBy] : 'Stopped; its state is kept' };
  if (seen.state === 'unreachable') return { phase: 'unknown', reason: whereItIs(seen, '') };
  if (trouble) return { phase: 'stopping', reason: `Cannot be stopped yet: ${trouble.message}` };
  return { phase: 'stopping', reason: isOver ? endingOrphan : 'Stopping the gateway' };
}

const endingOrphan = 'Ending the gateway, which outlived its supervisor';

function towardsPaused(observation: Observation): Verdict {
  const { seen, report, generation, trouble } = observation;
  if (seen.state === 'absent' || seen.state === 'exited')
    return seen.orphan
      ? { phase: 'pausing', reason: trouble ? `Cannot be paused yet: ${trouble.message}` : endingOrphan }
      : { phase: 'paused', reason: 'Paused; its gateway does not run' };
  if (isSilent(observation)) return whileSilent(observation);
  if (report?.generation === generation && report.state === 'paused') return { phase: 'paused', reason: report.reason };
  return {
    phase: 'pausing',
    reason: trouble ? `Cannot be paused yet: ${trouble.message}` : 'Waiting for its supervisor to pause it',
  };
}

function towardsRunning(observation: Observation): Verdict {
  const { seen, link, trouble } = observation;
  if (trouble) return whileInTrouble(observation, trouble.message);
  if (seen.state === 'absent' || seen.state === 'exited') return beforeItRuns(observation);
  if (seen.state === 'stopping') return { phase: 'starting', reason: 'Waiting for the earlier process to end' };
  if (isSilent(observation)) return whileSilent(observation);
  if (!link.connected && !observation.report)
    return { phase: 'starting', reason: 'Waiting for the supervisor to dial in' };
  if (seen.state === 'unreachable' && !link.connected && saidToEnd(observation))
    return { phase: 'unknown', reason: whereItIs(seen, '') };
  return byReport(observation, observation.report);
}

/** As when its engine ends with all that is on it: whether it runs again only its target can tell. */
function saidToEnd({ report }: Observation): boolean {
  return report?.state === 'stopping' || report?.state === 'stopped';
}

/** A step that failed does not make a bot that answers unwell. */
function whileInTrouble(observation: Observation, message: string): Verdict {
  const { seen, report } = observation;
  if ((seen.state === 'running' || seen.state === 'unreachable') && report && !isSilent(observation)) {
    const told = byReport(observation, report);
    if (told.phase === 'ready') return { phase: 'degraded', reason: message };
  }
  // What went wrong before says nothing about now.
  return seen.state === 'unreachable'
    ? { phase: 'unknown', reason: whereItIs(seen, message) }
    : { phase: 'failed', reason: message };
}

function beforeItRuns({ step, runtime, runtimeVersion, seen }: Observation): Verdict {
  if (step.do === 'wait' && step.for === 'its-place') return { phase: 'unknown', reason: notInItsPlace };
  if (runtime.phase === 'failed')
    return { phase: 'failed', reason: `OpenClaw ${runtimeVersion} could not be installed: ${runtime.message}` };
  if (runtime.phase !== 'installed') return { phase: 'installing', reason: installing(runtimeVersion, runtime) };
  if (step.do === 'wait' && step.for === 'slot')
    return { phase: 'pending', reason: 'Waiting for its turn: other bots are starting on this target' };
  if (step.do === 'wait' && step.for === 'retry') {
    return {
      phase: 'failed',
      reason: seen.state === 'exited' ? `The supervisor ended: ${seen.reason}` : 'The bot could not be started',
    };
  }
  return {
    phase: 'starting',
    reason: seen.state === 'exited' ? `Starting the supervisor again: ${seen.reason}` : 'Starting the supervisor',
  };
}

const notInItsPlace =
  'Not found on its target since Clawster was restored: it may run where it ran before. If it does not, redeploy it';

function installing(version: string, { message, progress }: Observation['runtime']): string {
  const percent = progress === undefined ? '' : ` (${Math.round(progress * 100)} %)`;
  return `Installing OpenClaw ${version}${message ? `: ${message}` : ''}${percent}`;
}

function isSilent({ link, now }: Observation): boolean {
  return now.getTime() - link.silentSince.getTime() > silenceMsMax;
}

function whileSilent({ report, seen, link, now }: Observation): Verdict {
  if (seen.state === 'unreachable') return { phase: 'unknown', reason: whereItIs(seen, '') };
  const seconds = Math.round((now.getTime() - link.silentSince.getTime()) / 1000);
  return {
    phase: 'unknown',
    reason: report
      ? `Not heard from for ${duration(seconds)}; the bot may well be working`
      : `The supervisor was started ${duration(seconds)} ago and has not dialled in`,
  };
}

export function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function byReport(observation: Observation, report: ReportFacts | undefined): Verdict {
  if (!report) return { phase: 'starting', reason: 'Waiting for the first report of the supervisor' };
  if (report.generation !== observation.generation) return takingOver(report, observation.generation);
  switch (report.state) {
    case 'ready':
      return readyOrWhyNot(observation, report);
    case 'degraded':
      return { phase: 'degraded', reason: report.reason };
    case 'failed':
      return { phase: 'failed', reason: report.reason };
    case 'starting':
    case 'warming':
    case 'paused':
    case 'stopping':
    case 'stopped':
      return { phase: 'starting', reason: report.reason };
  }
}

function takingOver(report: ReportFacts, generation: number): Verdict {
  if (report.generation > generation)
    return {
      phase: 'starting',
      reason: 'Its supervisor knows a later configuration than the database: sending this one',
    };
  return {
    phase: 'starting',
    reason: report.generation === 0 ? 'Sending the configuration' : 'Taking over the last change',
  };
}

/** Green needs both to have been seen: a gateway that answered, and a model turn that came back. */
function readyOrWhyNot({ modelCheck, link }: Observation, report: ReportFacts): Verdict {
  const saw = (source: 'gateway' | 'model') => report.evidence.findLast((one) => one.source === source)?.ok === true;
  if (!saw('gateway')) return { phase: 'starting', reason: 'Waiting for the gateway to answer' };
  if (modelCheck && !saw('model')) return { phase: 'starting', reason: 'Waiting for a model turn to come back' };
  return {
    phase: 'ready',
    reason: link.connected ? report.reason : `${report.reason}; waiting for its link to come back`,
  };
}

function whereItIs(seen: Observation['seen'], otherwise: string): string {
  return seen.state === 'unreachable' ? `The target cannot be asked: ${seen.reason}` : otherwise;
}
