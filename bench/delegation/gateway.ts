import { startStandIn } from '@clawster/gateway/stand-in';

/** The gateway of the bots that are asked: its model answers at once, so that all time is the asking's own. */
const { port, token } = await startStandIn({
  async *model() {
    yield { text: 'Done' };
  },
});
process.on('disconnect', () => process.exit(0)).on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: `http://127.0.0.1:${port}`, setupToken: token });
