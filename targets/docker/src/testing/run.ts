import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';

/** What a shell command says in a container, on both its outputs. */
export async function run(container: Docker.Container, command: string): Promise<string> {
  const asked = await container.exec({ Cmd: ['sh', '-c', command], AttachStdout: true, AttachStderr: true });
  const stream = await asked.start({ hijack: true, stdin: false });
  const said = new PassThrough();
  container.modem.demuxStream(stream, said, said);
  stream.once('end', () => said.end());
  return text(said);
}
