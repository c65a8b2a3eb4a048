import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { stopBots } from '../up/bot-processes.ts';
import { isRunning, stopProcess } from '../up/process-identity.ts';
import { readRunFile, stopChildren } from '../up/run-file.ts';
import { dataFolderOf } from '../world.ts';

export const down = cliCommand({
  usage: 'down',
  summary: 'Stop the Clawster that runs with this data folder; bots go on',
  options: [['--bots', "also end the bots' processes; the next `up` starts those again that should run"]],
  input: z.object({ bots: z.boolean().default(false) }),
  async run({ world, out }, { bots }) {
    const dataFolder = dataFolderOf(world);
    const run = readRunFile(dataFolder);
    const wasRunning = run !== undefined && isRunning(run);
    if (wasRunning) out.note(`Stopping process ${run.pid} …`);
    const end = wasRunning ? await stopProcess(run, 15_000) : 'gone';
    // After a killed `up` its children are still there.
    if (run && end !== 'stopped') await stopChildren(run);
    const botsStopped = bots ? await stopBots(dataFolder, out) : 0;
    return { dataFolder, wasRunning, forced: end === 'killed', botsStopped };
  },
  show({ dataFolder, wasRunning, forced, botsStopped }) {
    const server = wasRunning
      ? `Clawster is stopped.${forced ? ' It had to be ended by force.' : ''}`
      : `No Clawster runs with ${dataFolder}.`;
    if (botsStopped === 0) return server;
    return `${server} ${botsStopped === 1 ? '1 bot is' : `${botsStopped} bots are`} stopped.`;
  },
});
