// Passes what dials in on one port on to the control plane, byte by byte, and knows no other place:
// `node relay.mjs <socket, or host:port> <port>`. It is the one way out of the networks of bots.
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';

const [to, port] = process.argv.slice(2);
const [host, toPort] = [to.slice(0, to.lastIndexOf(':')), Number(to.slice(to.lastIndexOf(':') + 1))];
const place = to.startsWith('/') ? { path: to } : { host, port: toPort };
/** A bot has one link; some more for when many come again at once. */
const connectionsMax = 4_096;

const server = createServer({ allowHalfOpen: false, keepAlive: true }, (bot) => {
  const controlPlane = connect(place);
  controlPlane.setKeepAlive(true);
  // Whichever end goes, the other is told by its connection closing, and comes again.
  const closed = () => undefined;
  pipeline(bot, controlPlane, closed);
  pipeline(controlPlane, bot, closed);
});
server.maxConnections = connectionsMax;
server.listen(Number(port));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
