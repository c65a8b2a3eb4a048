import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from './config.ts';
import { StartTrouble } from './server-file.ts';

/** Listens where the settings say, and returns the port; what stands in the way is a sentence. */
export async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<number> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new StartTrouble(`Port ${port} is taken by another program: choose another with --port or CLAWSTER_PORT`, {
        cause: error,
      });
    if (code === 'EACCES')
      throw new StartTrouble(
        `Port ${port} may not be used by this user: choose one above 1023 with --port or CLAWSTER_PORT`,
        { cause: error },
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartTrouble(`${host} is no address of this machine: correct CLAWSTER_HOST`, { cause: error });
    throw error;
  }
  return ((app.getHttpServer() as Server).address() as { port: number }).port;
}
