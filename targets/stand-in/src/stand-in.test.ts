import { describeTarget } from '@clawster/target/conformance';
import type { Workload } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { expect, test } from 'vitest';
import { forgetEngine, standInEngine } from './engine.ts';
import { standIn } from './stand-in.ts';

describeTarget('stand-in', async () => {
  const engine = standInEngine('conformance');
  return {
    connect: () => standIn.connect(standIn.settings.parse({ engine: 'conformance' })),
    workload: (botId, { behaviour } = {}) => workloadOf(botId, behaviour),
    tools: { node: '/nowhere', supervisor: { file: '/nowhere', version: '1.0.0' } },
    runningCount: async (botId) => (engine.bots.get(botId)?.state === 'running' ? 1 : 0),
    async gatewayCount(botId) {
      const bot = engine.bots.get(botId);
      return bot?.orphan || (bot?.state === 'running' && leavesGateway(bot.workload)) ? 1 : 0;
    },
    received: async (botId) => engine.bots.get(botId)?.workload,
    // Nothing is written anywhere, so the bots it lists are all there is to see.
    exposed: async () => [...engine.bots.keys(), ...engine.calls].join('\n'),
    writeState: async (botId, name, text) => void engine.volumes.get(botId)?.set(name, text),
    readState: async (botId, name) => engine.volumes.get(botId)?.get(name),
    async crash(botId) {
      const bot = engine.bots.get(botId);
      if (bot) engine.crash(botId, { leavesGateway: leavesGateway(bot.workload) });
    },
    cleanUp: async () => forgetEngine('conformance'),
  };
});

test('a fault strikes as often as it was told to, before or after the work', async () => {
  const engine = standInEngine('faults');
  const target = engine.connect();
  engine.fail({ method: 'apply', error: 'no room' });
  await expect(target.apply(workloadOf('a'))).rejects.toThrow('no room');
  expect(await target.inspect('a')).toEqual({ state: 'absent' });
  engine.fail({ method: 'apply', error: 'connection lost', when: 'after' });
  await expect(target.apply(workloadOf('a'))).rejects.toThrow('connection lost');
  expect(await target.inspect('a')).toMatchObject({ state: 'running', generation: 1 });
});

test('a workload no real target could run is refused', async () => {
  const target = standInEngine('strict').connect();
  await expect(target.apply({ ...workloadOf('a'), generation: 0 })).rejects.toThrow('whole number');
  await expect(target.apply({ ...workloadOf('a'), joinToken: '' })).rejects.toThrow('join token');
});

const leavesGateway = ({ supervisor }: Workload) => supervisor.version === 'with-gateway';

const workloadOf = (botId: string, version = '1.0.0') =>
  someWorkload({ botId, supervisor: { file: '/nowhere', version } });
