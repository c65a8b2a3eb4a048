import type { Configure } from '@clawster/link/supervisor-methods';
import { captureUsual } from '@clawster/link/span';
import { createChannelMethods } from './channels/channel-methods.ts';
import { runDoctor } from './doctor.ts';
import { openclawJson } from './gateway/openclaw-command.ts';
import type { Host } from './host.ts';
import type { Keeper } from './keeper.ts';
import { SupervisorRefusal } from './link/serve-request.ts';
import type { Handlers } from './link/serve-request.ts';
import { readLogs } from './logs.ts';
import { createRepair } from './repair/repair.ts';
import { createSecretScan } from './scan/scan-secrets.ts';
import { createTeamMethods } from './team/team-methods.ts';
import { createChat } from './turn/chat.ts';

/** How each request of the control plane is carried out. */
export function createHandlers(
  host: Host,
  bot: { keeper: Keeper; socketFolder: string | undefined; stopSelf: () => void },
): Handlers {
  const chat = createChat({
    running: () => bot.keeper.running(),
    whyNoTurns: () => bot.keeper.whyNoTurns(),
    modelFailure: () => host.modelGateway.lastFailure(),
  });
  const repair = createRepair(host, bot.keeper);
  const json =
    (words: string[], timeoutMs: number) =>
    (_: unknown, { signal }: { signal: AbortSignal }) =>
      openclawJson(host, { words, timeoutMs, signal });

  return {
    async configure(wanted: Configure) {
      host.modelGateway.learnTime(wanted.model);
      if (wanted.generation < host.status.report().generation) {
        throw new SupervisorRefusal(
          'refused',
          `Generation ${wanted.generation} is older than ${host.status.report().generation}, which this bot has already`,
        );
      }
      host.log('info', 'configured', { generation: wanted.generation, desired: wanted.desired });
      // At once, whatever becomes of the rest: what may not be told any more is told no more.
      host.capture.current = wanted.capture ?? captureUsual;
      bot.keeper.configure(wanted);
      return { generation: wanted.generation };
    },
    'turn.start': (turn, context) => chat.start(turn, context),
    'turn.abort': (turn) => chat.abort(turn),
    'turn.history': (ask) => chat.history(ask),
    ...createChannelMethods(() => bot.keeper.running()),
    ...createTeamMethods(host, bot.keeper),
    'secrets.scan': createSecretScan({ directory: host.folder.directory, socketFolder: bot.socketFolder }),
    'logs.read': (ask, context) => readLogs(host.folder, ask, context),
    'doctor.run': (_, { signal }) => runDoctor(host, signal),
    'repair.run': (_, { signal }) => repair(signal),
    // `health` waits a minute for a gateway that is down unless told otherwise.
    'health.read': json(['health', '--json', '--timeout', '10000'], 60_000),
    'status.read': json(['status', '--json'], 120_000),
    async halt({ mode, generation }: { mode: 'pause' | 'stop'; generation?: number | undefined }) {
      await Promise.all([bot.keeper.halt(mode, generation), host.team.deliveries.haltAll()]);
      // It makes no calls any more: what it may still spend is of use to others.
      if (mode === 'stop') await host.modelGateway.giveBack();
      return {};
    },
    async shutdown() {
      bot.stopSelf();
      return {};
    },
  };
}
