import type { Signal } from '@clawster/contract/health';
import { processStarting, targetSilent } from '../bot/phase-evidence.ts';
import { silenceMsMax } from '../bot/phase.ts';
import type { HealthFacts } from './facts.ts';
import { type Said, signalOf } from './signal.ts';

/** The target is asked every 15 s, and what it says again is written once a minute. */
const processSeconds = 180;
export const silenceSeconds = silenceMsMax / 1000;
/** A gateway that takes longer to be ready than this does not get there by itself. */
export const startMsMax = 5 * 60_000;

/** Whether the bot is there at all: its process, its link, its word and its gateway. */
export function presenceSignals(facts: HealthFacts, now: Date): Signal[] {
  const signal = (name: { kind: Signal['kind']; label: string; deadlineSeconds: number }, said: Said) =>
    signalOf(name, said, now);
  return [
    signal({ kind: 'process', label: 'Process', deadlineSeconds: processSeconds }, processOf(facts)),
    signal({ kind: 'link', label: 'Link', deadlineSeconds: silenceSeconds }, linkOf(facts, now)),
    signal({ kind: 'heartbeat', label: 'Heartbeat', deadlineSeconds: silenceSeconds }, heartbeatOf(facts, now)),
    signal({ kind: 'gateway', label: 'Gateway', deadlineSeconds: silenceSeconds }, gatewayOf(facts, now)),
  ];
}

function processOf({ process, phase, reason }: HealthFacts): Said {
  if (!process) return { state: 'unknown', text: 'Its target was not asked yet' };
  const { ok, text, at } = process;
  if (ok || text === processStarting) return { state: 'good', text, at };
  // A target that does not answer says nothing of the bot.
  if (text.startsWith(targetSilent)) return { state: 'unknown', text, at };
  const fix = 'Clawster starts it again by itself. If it keeps ending, read its logs';
  // Why it is not there is known where it never came to be.
  const isAwaited = phase === 'failed' || phase === 'installing' || phase === 'pending';
  return { state: 'bad', text: isAwaited ? reason : text, at, cause: 'The process does not run', fix };
}

/** Known at any time: it is this installation that holds a link. */
function linkOf({ link }: HealthFacts, now: Date): Said {
  if (link.connected) return { state: 'good', text: 'Connected', at: now };
  return {
    state: 'bad',
    text: link.isKnown ? 'The link to Clawster is down' : 'It never dialled in',
    at: now,
    cause: 'The link to Clawster is down',
    fix: 'The bot may well be working. See whether its host runs and reaches Clawster',
  };
}

function heartbeatOf({ heardAt, link }: HealthFacts, now: Date): Said {
  if (heardAt && now.getTime() - heardAt.getTime() <= silenceMsMax)
    return { state: 'good', text: 'It tells how it is', at: heardAt };
  if (!heardAt) return { state: 'unknown', text: 'It has not told anything yet' };
  // That nothing was heard is seen now.
  const text = link.connected ? 'Its link is there, and nothing comes over it' : 'Nothing is heard of it';
  const fix = 'The bot may well be working. See whether its host is overloaded or cut off';
  return { state: 'bad', text, at: now, cause: 'Nothing is heard of the bot', fix };
}

function gatewayOf({ report, heardAt, phaseSince, phase }: HealthFacts, now: Date): Said {
  if (!report) return { state: 'unknown', text: 'The supervisor has not told of it yet' };
  const { state, reason, gateway } = report;
  const at = heardAt;
  if (state === 'failed')
    return {
      state: 'bad',
      text: reason,
      at,
      cause: 'The gateway does not run',
      fix: 'Read its logs, or let it be repaired',
    };
  if (state === 'starting' || state === 'warming') {
    const isLate = phase !== 'ready' && now.getTime() - phaseSince.getTime() > startMsMax;
    const fix = 'Read its logs: they say what OpenClaw waits for';
    if (isLate) return { state: 'bad', text: reason, at, cause: 'The gateway does not get ready', fix };
    return { state: 'unknown', text: reason, at };
  }
  if (!gateway) return { state: 'unknown', text: 'The gateway has not answered yet', at };
  if (gateway.ok) return { state: 'good', text: gateway.text, at };
  const fix = 'Clawster connects again by itself. If it lasts, restart the bot';
  return { state: 'bad', text: gateway.text, at, cause: 'The gateway does not answer', fix };
}
