import 'reflect-metadata';
import '../support/tell-cpu.ts';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller('/api/v1/hello')
class HelloController {
  @Get()
  async hello() {
    return { hello: 'world' };
  }
}

@Module({ controllers: [HelloController] })
class HelloModule {}

/** What of ours is the framework's own: a Nest on Fastify with nothing in it but a hello. */
const app = await NestFactory.create<NestFastifyApplication>(HelloModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', url: await app.getUrl() });
