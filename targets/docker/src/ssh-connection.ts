import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

const wordsMax = 2_000;

/**
 * What a command on another machine passes on, as HTTP takes a connection. One that ends with a failure breaks it off
 * with the command's own words, not with silence.
 */
export function connectionOver(channel: ClientChannel): Duplex {
  let said = '';
  channel.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-wordsMax);
  });
  const connection = new Duplex({
    read: () => void channel.resume(),
    write: (chunk: Buffer, _, done) => {
      if (channel.write(chunk)) done();
      else channel.once('drain', () => done());
    },
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.destroy();
      done(error);
    },
  });
  channel.on('data', (chunk: Buffer) => {
    if (!connection.push(chunk)) channel.pause();
  });
  channel.once('error', (error: Error) => connection.destroy(error));
  let code: number | null | undefined;
  channel.once('exit', (exitCode: number | null) => {
    code = exitCode;
  });
  channel.once('close', () => {
    if (code === 0) connection.push(null);
    else if (code === undefined) connection.destroy(new Error('The line to the machine broke'));
    else connection.destroy(new CommandFailed(said.trim() || `It ended with ${code === null ? 'a signal' : code}`));
  });
  // HTTP treats it as a socket; that the other end is there still is seen to by the connection below.
  const same = () => connection;
  return Object.assign(connection, { setTimeout: same, setKeepAlive: same, setNoDelay: same, ref: same, unref: same });
}

/** The machine was reached, and its command did not do. */
export class CommandFailed extends Error {}
