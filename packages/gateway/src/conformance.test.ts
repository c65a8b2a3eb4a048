import { describeGateway } from './conformance.ts';
import { startStandIn } from './stand-in.ts';

describeGateway('stand-in', async () => {
  const standIn = await startStandIn();
  return { port: standIn.port, token: standIn.token, stop: standIn.close };
});
