import type { RuntimePhase } from '@clawster/contract/runtime';
import type { Seen } from '@clawster/target/target';

/** What should be, as far as the plan needs it. */
export type Desired = {
  desired: 'running' | 'paused' | 'stopped' | 'destroyed';
  generation: number;
  workloadGeneration: number;
  /** Its state is being replaced or taken elsewhere: it must not run, whatever else is wanted. */
  held?: boolean | undefined;
};

/** What was seen, by whomever saw it. */
export type Facts = {
  /** `unreachable`: the target could not be asked. */
  seen: Seen | { state: 'unreachable'; reason: string };
  runtime: RuntimePhase;
  /** A supervisor that was not enrolled while its join token was good can never dial in. */
  enrolment: 'pending' | 'expired' | 'done';
  /** `lost`: not heard of for so long that the bot may look for us at an address we had before. */
  link: { connected: boolean; configuredGeneration: number; lost?: boolean };
  report?: { generation: number; settled: boolean } | undefined;
  /** The OpenClaw it was last well with, where the one it has turned out not to come up. */
  formerRuntime?: string | undefined;
  /** Whether the target may start one more bot now. */
  slotFree: boolean;
  /** False while a failing step is not to be tried again yet. */
  mayRetry: boolean;
  /** A newer copy of this Clawster was seen at work: this one takes no step any more. */
  overtaken?: boolean;
  /** The bot ran when the backup was made that this copy was restored from, and was not found since. */
  restored?: boolean;
};

export type WaitFor = 'target' | 'retry' | 'runtime' | 'slot' | 'exit' | 'link' | 'report' | 'newer-copy' | 'its-place';

/** The one thing to do now. `rest`: all is as it should be. */
export type Step =
  | { do: 'install-runtime' }
  | { do: 'apply' }
  | { do: 'configure' }
  /** Raise the bot's generation past `generation`, which its supervisor has reported and nobody here knows of. */
  | { do: 'overtake'; generation: number }
  /** Give it back the OpenClaw it was last well with. */
  | { do: 'return-runtime'; version: string }
  | { do: 'tell-address' }
  | { do: 'stop' }
  | { do: 'remove' }
  | { do: 'wait'; for: WaitFor }
  | { do: 'rest' };

/** Decides the next step towards what should be; from any state the steps come to rest. */
export function plan(desired: Desired, facts: Facts): Step {
  if (facts.overtaken) return wait('newer-copy');
  if (facts.seen.state === 'unreachable') return whileUnreachable(desired, facts);
  switch (goalOf(desired)) {
    case 'destroyed':
      return facts.seen.state === 'absent' && !facts.seen.orphan ? rest : act('remove', facts);
    case 'stopped':
      return towardsStopped(facts.seen, facts);
    case 'paused':
      // A bot that does not run takes no turns: there is nothing to start for that.
      return isOver(facts.seen) ? towardsStopped(facts.seen, facts) : towardsRunning(desired, facts.seen, facts);
    case 'running':
      return towardsRunning(desired, facts.seen, facts);
  }
}

/** What to work towards: nothing runs whose state is on its way. */
function goalOf({ desired, held }: Desired): Desired['desired'] {
  return held && desired !== 'destroyed' ? 'stopped' : desired;
}

const rest: Step = { do: 'rest' };
const wait = (reason: WaitFor): Step => ({ do: 'wait', for: reason });
const act = (step: 'apply' | 'stop' | 'remove' | 'configure', facts: Facts): Step =>
  facts.mayRetry ? { do: step } : wait('retry');

/** A bot whose link is up can be configured and is well, even when its target cannot be asked. */
function whileUnreachable(desired: Desired, facts: Facts): Step {
  return ['running', 'paused'].includes(goalOf(desired)) && facts.link.connected
    ? overTheLink(desired, facts)
    : wait('target');
}

function isOver({ state }: Seen): boolean {
  return state === 'absent' || state === 'exited';
}

function towardsStopped(seen: Seen, facts: Facts): Step {
  switch (seen.state) {
    case 'absent':
    case 'exited':
      return seen.orphan ? act('stop', facts) : rest;
    case 'stopping':
      return wait('exit');
    case 'starting':
    case 'running':
      return act('stop', facts);
  }
}

function towardsRunning(desired: Desired, seen: Seen, facts: Facts): Step {
  switch (seen.state) {
    case 'stopping':
      return wait('exit');
    case 'absent':
      // It may still run where this copy does not look: a second one would be worse than none.
      return facts.restored ? wait('its-place') : towardsApplied(facts);
    case 'exited':
      return towardsApplied(facts);
    case 'starting':
    case 'running':
      if (seen.generation < desired.workloadGeneration) return towardsApplied(facts);
      if (!facts.link.connected && facts.enrolment === 'expired') return act('stop', facts);
      return overTheLink(desired, facts);
  }
}

function towardsApplied(facts: Facts): Step {
  if (facts.runtime === 'absent') return { do: 'install-runtime' };
  if (facts.runtime !== 'installed') return wait('runtime');
  if (!facts.mayRetry) return wait('retry');
  return facts.slotFree ? { do: 'apply' } : wait('slot');
}

function overTheLink(desired: Desired, facts: Facts): Step {
  if (!facts.link.connected)
    return facts.link.lost && facts.seen.state === 'running' ? { do: 'tell-address' } : wait('link');
  // Only a database that was put back to an earlier day is behind: what it says now is the latest word, and must count as that.
  if (facts.report && facts.report.generation > desired.generation)
    return { do: 'overtake', generation: facts.report.generation };
  if (facts.link.configuredGeneration < desired.generation) return act('configure', facts);
  if (facts.formerRuntime !== undefined)
    return facts.mayRetry ? { do: 'return-runtime', version: facts.formerRuntime } : wait('retry');
  return facts.report?.generation === desired.generation && facts.report.settled ? rest : wait('report');
}
