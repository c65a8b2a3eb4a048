import type { BotHealth, BotSignals, FleetHealth, HealthVerdict, Incident, Signal } from '@clawster/contract/health';
import { ago, countText, type Output, table } from './output.ts';

/** The fleet, and those of its bots that are not known to be well. */
export type FleetTold = { fleet: FleetHealth; bots: BotHealth[] };

const verdictWords: Record<HealthVerdict, { word: string; colour: 'red' | 'yellow' | 'green' | 'dim' }> = {
  bad: { word: 'not well', colour: 'red' },
  unknown: { word: 'unknown', colour: 'yellow' },
  settling: { word: 'settling', colour: 'yellow' },
  good: { word: 'well', colour: 'green' },
  muted: { word: 'still on purpose', colour: 'dim' },
};
const stateColours = { good: 'green', bad: 'red', unknown: 'yellow' } as const;

function verdictText(verdict: HealthVerdict, out: Output): string {
  const { word, colour } = verdictWords[verdict];
  return out.colour(colour, word);
}

/** The fleet by cause, and the bots that are not well. */
export function fleetText({ fleet, bots }: FleetTold, out: Output): string {
  const counts = (Object.keys(verdictWords) as HealthVerdict[])
    .filter((verdict) => verdict === 'good' || fleet.verdicts[verdict] > 0)
    .map((verdict) => `${countText(fleet.verdicts[verdict])} ${verdictText(verdict, out)}`);
  const causes = fleet.causes.flatMap(({ bots: count, text, fix }) => [
    `${out.colour('bold', `${countText(count)} ${count === 1 ? 'bot' : 'bots'}`)}: ${text}`,
    ...(fix ? [`  ${fix}`] : []),
  ]);
  const rows = bots.map(({ botName, verdict, since, why }) => [botName, verdictText(verdict, out), ago(since), why]);
  return [
    `${countText(fleet.total)} ${fleet.total === 1 ? 'bot' : 'bots'}: ${counts.join(', ')}`,
    ...(causes.length > 0 ? ['', ...causes] : []),
    ...(rows.length > 0 ? ['', table(['name', 'health', 'since', 'why'], rows, '')] : []),
  ].join('\n');
}

/** One bot with all its signals. */
export function botHealthText({ botName, verdict, since, why, fix, signals }: BotSignals, out: Output): string {
  return [
    `${out.colour('bold', botName)}  ${verdictText(verdict, out)} for ${ago(since)}`,
    `  ${why}`,
    ...(fix ? [`  ${fix}`] : []),
    '',
    signalTable(signals, out),
  ].join('\n');
}

function signalTable(signals: Signal[], out: Output): string {
  const rows = signals.map(({ label, state, at, text }) => [
    label,
    out.colour(stateColours[state], state),
    ago(at),
    text,
  ]);
  return table(['signal', 'state', 'age', 'seen'], rows, '');
}

/** Incidents, one a line. */
export function incidentTable(incidents: Incident[], out: Output): string {
  return table(
    ['id', 'bot', 'state', 'began', 'lasted', 'cause'],
    incidents.map(({ id, botName, beganAt, endedAt, cause }) => [
      id,
      botName,
      endedAt ? out.colour('dim', 'over') : out.colour('red', 'open'),
      `${ago(beganAt)} ago`,
      lasted(beganAt, endedAt),
      cause.text,
    ]),
    'No bot was unwell for long.',
  );
}

/** For how long, up to now when it is not over. */
export function lasted(beganAt: string, endedAt: string | undefined): string {
  return ago(beganAt, endedAt ? Date.parse(endedAt) : Date.now());
}
