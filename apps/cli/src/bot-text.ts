import type { Bot, BotPhase, BotStep, ListedBot } from '@clawster/contract/bot';
import type { OperationStep } from '@clawster/contract/operation';
import { sayLabels } from './label-text.ts';
import { ago, type Output, sizeText, table } from './output.ts';

const phaseColour: Partial<Record<BotPhase, 'green' | 'red' | 'yellow' | 'dim'>> = {
  ready: 'green',
  failed: 'red',
  degraded: 'yellow',
  unknown: 'yellow',
  stopped: 'dim',
  destroyed: 'dim',
};

export function phaseText(bot: ListedBot, out: Output): string {
  const colour = phaseColour[bot.status.phase];
  return colour ? out.colour(colour, bot.status.phase) : bot.status.phase;
}

export function botTable(bots: ListedBot[], out: Output): string {
  const rows = bots.map((bot) => [
    bot.name,
    phaseText(bot, out),
    ago(bot.status.since),
    `${bot.connectorName}/${bot.spec.model}`,
    bot.spec.runtimeVersion,
    bot.targetName,
    bot.status.phase === 'ready' ? '' : bot.status.reason,
  ]);
  return table(
    ['name', 'phase', 'since', 'model', 'runtime', 'target', 'reason'],
    rows,
    'No bots yet. Create one: clawster bot create Ada',
  );
}

export function botDetails(bot: Bot, out: Output): string {
  const { status, spec } = bot;
  const lines = [
    `${out.colour('bold', bot.name)}  ${phaseText(bot, out)} for ${ago(status.since)}`,
    `  ${status.reason}`,
    '',
    `  id        ${bot.id}`,
    `  target    ${bot.targetName}`,
    ...(Object.keys(bot.labels).length > 0 ? [`  labels    ${sayLabels(bot.labels)}`] : []),
    `  runtime   OpenClaw ${spec.runtimeVersion}`,
    `  model     ${spec.model} (${bot.connectorName})`,
    `  memory    ${knownSize(status.memoryBytes)} of ${sizeText(spec.memoryBytesMax)}`,
    `  disk      ${knownSize(status.diskBytes)} of ${sizeText(spec.diskBytesMax)}`,
    ...containerLines(status),
    `  alone     ${disconnectText(spec.disconnect)}`,
    `  restarts  ${status.restartCount}`,
  ];
  if (status.nextTryAt) lines.push(`  next try  ${status.nextTryAt}`);
  if (bot.stateKeptUntil) lines.push(`  state     kept until ${bot.stateKeptUntil}`);
  const evidence = status.evidence.map(
    ({ ok, source, text, at }) => `  ${mark(ok, out)} ${source}: ${text} (${ago(at)} ago)`,
  );
  if (evidence.length > 0) lines.push('', 'What was seen', ...evidence);
  return lines.join('\n');
}

/** What its container takes, where it has one: all of the bot together. */
function containerLines({ container }: Bot['status']): string[] {
  if (!container) return [];
  const { memoryBytes, memoryBytesMax, cpus, cpusMax, processes, processesMax } = container;
  return [
    `  in all    ${knownSize(memoryBytes)} of ${sizeText(memoryBytesMax)}`,
    `  cpu       ${cpus.toFixed(2)} of ${cpusMax}, ${processes} of ${processesMax} processes`,
  ];
}

/** What it does without us. */
function disconnectText(disconnect: Bot['spec']['disconnect']): string {
  return disconnect === 'keep' ? 'works on without Clawster' : `stops after ${disconnect} min without Clawster`;
}

/** One line of the way to ready: its mark, label, how long it took, and what it waits for. */
export function stepText(step: BotStep | OperationStep, out: Output, nowMs = Date.now()): string {
  const marks = {
    waiting: out.colour('dim', '·'),
    running: out.colour('cyan', '…'),
    done: mark(true, out),
    failed: mark(false, out),
  };
  const end = step.endedAt ? Date.parse(step.endedAt) : nowMs;
  const elapsed = step.startedAt ? ` (${((end - Date.parse(step.startedAt)) / 1000).toFixed(1)} s)` : '';
  const detail = step.detail && step.state !== 'done' ? `: ${step.detail}` : '';
  return `${marks[step.state]} ${step.label}${elapsed}${detail}`;
}

export function mark(ok: boolean, out: Output): string {
  return ok ? out.colour('green', '✓') : out.colour('red', '✗');
}

function knownSize(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : sizeText(bytes);
}
