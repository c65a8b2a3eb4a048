import 'reflect-metadata';
import '../support/tell-cpu.ts';
import { api } from '@clawster/contract/api';
import { Empty } from '@clawster/contract/page';
import { route } from '@clawster/contract/route';
import type { Caller } from '@clawster/control-plane/caller';
import { admit, parseInput } from '@clawster/control-plane/enter';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { controllers } from '../../apps/server/src/app.module.ts';
import { parseConfig } from '../../apps/server/src/config.ts';
import { Handle } from '../../apps/server/src/http/handle.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { startServer } from '../../apps/server/src/start-server.ts';

const output = z.object({ hello: z.string() });
const hello = {
  anyone: route({ method: 'GET', path: '/hello', permission: 'public', summary: 'Hello', input: Empty, output }),
  known: route({
    method: 'GET',
    path: '/hello/known',
    permission: 'bot:read',
    summary: 'Hello to those who may read',
    input: Empty,
    output,
  }),
};

@Controller()
class HelloController {
  @Handle(hello.anyone)
  async anyone() {
    return { hello: 'world' };
  }

  /** What every command and query does before its transaction. */
  @Handle(hello.known)
  async known(input: unknown, caller: Caller) {
    admit(hello.known, caller);
    parseInput(hello.known, input);
    return { hello: 'world' };
  }
}

// The whole product as it runs, with two routes more that ask no database.
Object.assign(api, { hello });
controllers.push(HelloController);
const server = await startServer(parseConfig(process.env), createLog('info'));
const stop = () => void server.stop().then(() => process.exit(0));
process.on('SIGTERM', stop).on('disconnect', stop);
process.send?.({ type: 'ready', url: server.url, setupToken: server.setupToken });
