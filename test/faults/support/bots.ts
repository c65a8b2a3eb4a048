import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import { type Run, runsOf } from '../history/runs.ts';
import type { FaultInstallation } from './installation.ts';
import { processesOfBots } from './processes.ts';
import { readRunLines } from './runtime.ts';

/** Bots of these names, made and waited for. */
export async function readyBots(installation: FaultInstallation, names: string[]): Promise<Bot[]> {
  const { bots } = installation.client();
  const made = await Promise.all(names.map((name) => bots.create({ name, connectorId: installation.connectorId })));
  return Promise.all(made.map(({ id }) => untilPhase(installation, id, 'ready')));
}

export async function untilPhase(
  installation: FaultInstallation,
  botId: string,
  phase: BotPhase,
  msMax = 90_000,
): Promise<Bot> {
  const deadline = Date.now() + msMax;
  for (;;) {
    const bot = await installation.client().bots.get({ botId });
    if (bot.status.phase === phase) return bot;
    if (Date.now() > deadline)
      throw new Error(`${bot.name} is not ${phase} but ${bot.status.phase}: ${bot.status.reason}`);
    await sleep(100);
  }
}

/** The lives of a bot's gateways so far. */
export async function livesOf({ gatewayLog }: FaultInstallation, botId: string): Promise<Run[]> {
  return runsOf(await readRunLines(gatewayLog)).filter(({ bot }) => bot === botId);
}

/** How often each bot's gateway began so far: one whose port another took first began twice before it was ready. */
export function beginnings(installation: FaultInstallation, bots: Bot[]): Promise<number[]> {
  return Promise.all(bots.map(async ({ id }) => (await livesOf(installation, id)).length));
}

/** The process of a bot's supervisor or gateway that runs now. */
export async function processOf(
  { botsFolder }: FaultInstallation,
  botId: string,
  is: 'supervisor' | 'gateway',
): Promise<number | undefined> {
  return (await processesOfBots(botsFolder)).find((one) => one.botId === botId && one.is === is)?.pid;
}

/** How many items of telemetry a bot holds that were not acknowledged yet. */
export async function spooled({ botsFolder }: FaultInstallation, botId: string): Promise<number> {
  const text = await readFile(`${botsFolder}/${botId}/spool.jsonl`, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as SpoolLine);
  const acknowledged = Math.max(0, ...lines.map((line) => line.acknowledged ?? 0));
  return lines.filter(({ sequence }) => (sequence ?? 0) > acknowledged).length;
}
type SpoolLine = { sequence?: number; acknowledged?: number };
