import { describeGateway } from './conformance.ts';
import { describeChannels } from './conformance-channels.ts';
import { startStandIn } from './stand-in.ts';
import type { StandInChannels } from './stand-in/channels.ts';

describeGateway('stand-in', async () => {
  const standIn = await startStandIn();
  return { port: standIn.port, token: standIn.token, stop: standIn.close };
});

describeChannels('stand-in', async () => {
  let token = 'good';
  const channels: StandInChannels = new Map();
  const take = async () => {
    channels.set('telegram', { token, lastStartAt: Date.now(), waiting: [] });
    return 0;
  };
  await take();
  const standIn = await startStandIn({ state: { channels, reloadSecrets: take } });
  return { port: standIn.port, token: standIn.token, stop: standIn.close, give: (value) => void (token = value) };
});
