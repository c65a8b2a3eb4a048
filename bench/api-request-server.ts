import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { route } from '@clawster/contract/route';
import type { Caller } from '@clawster/control-plane/caller';
import { admit } from '@clawster/control-plane/enter';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify from 'fastify';
import { z } from 'zod';
import { CallerGuard } from '../apps/server/src/http/caller.guard.ts';
import { Handle } from '../apps/server/src/http/handle.ts';
import { addSecurityHeaders } from '../apps/server/src/http/security-headers.ts';

/** The servers that are compared: a bare Fastify, and our guard, handler and headers round the same hello. */
const kind = process.argv[2] as 'bare' | 'public' | 'signed-in';
const hello = route({
  method: 'GET',
  path: '/hello',
  permission: kind === 'public' ? 'public' : 'bot:read',
  summary: 'Hello',
  input: z.object({}),
  output: z.object({ hello: z.string() }),
});

/** Answers the one lookup a second that the cache of callers lets through, so that no database is measured. */
const session = {
  id: 's',
  personId: 'p',
  workspaceId: 'w',
  name: 'Ada',
  role: 'viewer',
  createdAt: new Date(),
  lastSeenAt: new Date(Date.now() + 3_600_000),
};
const transaction = { setAccessMode: () => transaction, execute: async () => session };
const plane = { db: { transaction: () => transaction } } as unknown as ControlPlane;

class HelloController {
  async hello(_: unknown, caller: Caller) {
    if (kind !== 'public') admit(hello, caller);
    return { hello: 'world' };
  }
}
// Node runs this file as it is, and knows no decorators: here they are called.
Handle(hello)(HelloController.prototype, 'hello', decorated(HelloController.prototype, 'hello'));
Controller()(HelloController);
class HelloModule {}
Module({ controllers: [HelloController] })(HelloModule);

function decorated(target: object, name: string): never {
  const descriptor = Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor;
  return new Proxy(descriptor, {
    set: (_, property, value) => {
      Object.defineProperty(target, name, { ...descriptor, [property]: value });
      return Reflect.set(descriptor, property, value);
    },
  }) as never;
}

async function start(): Promise<number> {
  const server = Fastify({ genReqId: () => randomUUID(), logger: false });
  if (kind === 'bare') {
    const plain = Fastify();
    plain.get('/api/v1/hello', async () => ({ hello: 'world' }));
    await plain.listen({ port: 0, host: '127.0.0.1' });
    return (plain.server.address() as AddressInfo).port;
  }
  addSecurityHeaders(server, { tls: false });
  const app = await NestFactory.create<NestFastifyApplication>(HelloModule, new FastifyAdapter(server as never), {
    logger: false,
  });
  app.useGlobalGuards(
    new CallerGuard(plane, {
      cookie: { name: 'clawster-session-4500', secure: false },
      publicUrl: 'http://127.0.0.1:4500',
    }),
  );
  await app.listen(0, '127.0.0.1');
  return (server.server.address() as AddressInfo).port;
}

const port = await start();
process.send?.({ port });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.on('disconnect', () => process.exit(0));
