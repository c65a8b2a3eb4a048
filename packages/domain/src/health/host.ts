import type { Signal } from '@clawster/contract/health';
import { channelFacts } from '../channel/kinds.ts';
import type { SeenChannel } from '../channel/status.ts';
import type { HealthFacts, HealthReport } from './facts.ts';
import { silenceSeconds } from './presence.ts';
import { type Said, signalOf } from './signal.ts';

/** A channel is looked at every 30 s. */
const channelSeconds = 180;
const restartsMax = 3;
const diskShareMax = 0.9;

/** Each of its channels. */
export function channelSignals({ report }: HealthFacts, now: Date): Signal[] {
  return (report?.channels ?? []).map((channel) =>
    signalOf(
      { kind: 'channel', label: channelFacts[channel.channel].name, deadlineSeconds: channelSeconds },
      channelOf(channel),
      now,
    ),
  );
}

function channelOf({ channel, state, detail, checkedAt }: SeenChannel): Said {
  const at = new Date(checkedAt);
  if (state === 'connected') return { state: 'good', text: detail, at };
  if (state === 'connecting') return { state: 'unknown', text: detail, at };
  const label = channelFacts[channel].name;
  return { state: 'bad', text: detail, at, ...channelTrouble[state](label) };
}

type Trouble = (label: string) => { cause: string; fix: string };
const channelTrouble: Record<Exclude<SeenChannel['state'], 'connected' | 'connecting'>, Trouble> = {
  blocked: (label) => ({
    cause: `${label} was not let in`,
    fix: `See the token of its ${label} channel: it may be wrong or revoked`,
  }),
  disconnected: (label) => ({
    cause: `${label} is not connected`,
    fix: `See its ${label} channel: OpenClaw tries again by itself`,
  }),
  'not-linked': (label) => ({
    cause: `${label} is not linked`,
    fix: `Scan the code of its ${label} channel with the phone`,
  }),
  'missing-plugin': (label) => ({
    cause: `${label} waits for its plugin`,
    fix: 'See whether the runtime could be installed',
  }),
};

/** How its host and its configuration bear it: restarts, disk, and what is in force. */
export function hostSignals(facts: HealthFacts, now: Date): Signal[] {
  const { heardAt: at } = facts;
  const signal = (kind: Signal['kind'], label: string, said: Said) =>
    signalOf({ kind, label, deadlineSeconds: silenceSeconds }, { ...said, at }, now);
  return [
    signal('restarts', 'Restarts', restartsOf(facts)),
    signal('configuration', 'Configuration', configurationOf(facts.report)),
    signal('disk', 'Disk', diskOf(facts)),
  ];
}

function restartsOf({ restarts }: HealthFacts): Said {
  if (restarts.length === 0) return { state: 'good', text: 'None in the last hour' };
  const text = `The gateway was started again ${restarts.length === 1 ? 'once' : `${restarts.length} times`} in the last hour`;
  if (restarts.length <= restartsMax) return { state: 'good', text };
  return {
    state: 'bad',
    text,
    cause: 'The gateway restarts again and again',
    fix: 'Read its logs, or let it be repaired',
  };
}

function configurationOf(report: HealthReport | undefined): Said {
  if (!report) return { state: 'unknown', text: 'The supervisor has not told of it yet' };
  if (report.refused)
    return {
      state: 'bad',
      text: report.refused,
      cause: 'The last change did not hold',
      fix: 'It works by what it had before. Mend the change, or roll it back',
    };
  if (report.isDrifted)
    return {
      state: 'bad',
      text: 'Somebody else changed it on its host',
      cause: 'Somebody else changed it on its host',
      fix: 'Put it back or take it over, on the page of the bot',
    };
  return { state: 'good', text: 'What was asked for is in force' };
}

function diskOf({ report, diskBytesMax }: HealthFacts): Said {
  if (report?.diskBytes === undefined) return { state: 'unknown', text: 'Its disk was not measured yet' };
  const share = report.diskBytes / diskBytesMax;
  const text = `${Math.round(share * 100)} % of the disk it may take`;
  if (share < diskShareMax) return { state: 'good', text };
  const fix = 'Let it take more disk, or have it tidied up';
  return { state: 'bad', text, cause: 'The disk is nearly full', fix };
}
