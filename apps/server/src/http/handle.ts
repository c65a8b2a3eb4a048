import 'reflect-metadata';
import { apiPrefix } from '@clawster/contract/api';
import type { OutputOf, Route } from '@clawster/contract/route';
import type { Caller } from '@clawster/control-plane/caller';
import type { FileAnswer } from '@clawster/control-plane/file-answer';
import type { StreamFrame } from '@clawster/control-plane/event/stream-frame';
import { Req, RequestMapping, RequestMethod, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendStream } from './event-stream.ts';
import { Exchange } from './exchange.ts';
import { inputReader } from './flat-input.ts';
import { sendFile } from './send-file.ts';

type Answer<R extends Route> = R extends { file: true }
  ? FileAnswer
  : R extends { stream: true }
    ? AsyncIterable<OutputOf<R> | StreamFrame>
    : OutputOf<R>;
type Handler<R extends Route> = (input: unknown, caller: Caller, exchange: Exchange) => Promise<Answer<R>>;

const routes = new WeakMap<object, Route>();
const anonymous: Caller = { kind: 'anonymous', address: '', userAgent: '' };

/** Makes a method the handler of a route: method, path and permission come with it, a wrong output type does not compile. */
export function Handle<R extends Route>(route: R) {
  const readInput = inputReader(route);
  // The method's own type: one that needs less than a handler gets is a handler too.
  return <Method extends Handler<R>>(
    target: object,
    name: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const handler = descriptor.value as unknown as Handler<Route>;
    const wrapped = async function (this: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const input = readInput(request);
      // A stream's command says by itself that it was begun before.
      const kept = route.stream ? undefined : await request.keptAnswer?.(route, input);
      const answer = kept
        ? kept.answer
        : await handler.call(this, input, request.caller ?? anonymous, new Exchange(request, reply));
      if (route.stream) await sendStream(route, { request, reply }, answer as AsyncIterable<unknown>);
      else if (route.file) await sendFile(answer as unknown as FileAnswer, { request, reply });
      // Whatever the contract does not name stays inside.
      else reply.code(200).send(route.output.parse(answer));
    };
    routes.set(wrapped, route);
    descriptor.value = wrapped as unknown as Method;
    RequestMapping({ path: fastifyPath(route), method: RequestMethod[route.method] })(target, name, descriptor);
    Req()(target, name, 0);
    Res()(target, name, 1);
  };
}

/** The route a handler stands for, if it is one. */
export function routeOf(handler: object): Route | undefined {
  return routes.get(handler);
}

export function fastifyPath(route: Route): string {
  return apiPrefix + route.path.replace(/\{(\w+)\}/g, ':$1');
}
