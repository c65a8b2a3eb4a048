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
  const silence = new Silence(() => connection.emit('timeout'));
  const connection = new Duplex({
    read: () => void channel.resume(),
    write: (chunk: Buffer, _, done) => {
      silence.isBroken();
      if (channel.write(chunk)) done();
      else channel.once('drain', () => done());
    },
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      silence.mayLast(0);
      channel.destroy();
      done(error);
    },
  });
  channel.on('data', (chunk: Buffer) => {
    silence.isBroken();
    if (!connection.push(chunk)) channel.pause();
  });
  channel.once('error', (error: Error) => connection.destroy(error));
  let code: number | null | undefined;
  channel.once('exit', (exitCode: number | null) => {
    code = exitCode;
  });
  channel.once('close', () => {
    if (code === 0) endSoon(connection);
    else if (code === undefined) connection.destroy(new Error('The line to the machine broke'));
    else connection.destroy(new CommandFailed(said.trim() || `It ended with ${code === null ? 'a signal' : code}`));
  });
  // HTTP treats it as a socket; that the other end is there still is seen to by the connection below.
  const same = () => connection;
  const setTimeout = (ms: number) => {
    silence.mayLast(ms);
    return connection;
  };
  return Object.assign(connection, { setTimeout, setKeepAlive: same, setNoDelay: same, ref: same, unref: same });
}

/** One that nobody reads from, as it waits for its next request, would not hear of its end. */
function endSoon(connection: Duplex): void {
  connection.push(null);
  setImmediate(() => connection.readableLength === 0 && connection.destroy());
}

/** Tells when nothing came or went for as long as was agreed. */
class Silence {
  private timer: NodeJS.Timeout | undefined;
  private readonly tell: () => void;

  constructor(tell: () => void) {
    this.tell = tell;
  }

  /** `ms` of 0 is without end. */
  mayLast(ms: number): void {
    clearTimeout(this.timer);
    this.timer = ms > 0 ? setTimeout(this.tell, ms).unref() : undefined;
  }

  isBroken(): void {
    this.timer?.refresh();
  }
}

/** The machine was reached, and its command did not do. */
export class CommandFailed extends Error {}
