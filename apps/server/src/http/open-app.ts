import type { ControlPlane } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { AppModule, controllers } from '../app.module.ts';
import { addScim } from '../scim/add-scim.ts';
import { addApiReference } from './api-reference.ts';
import { CallerGuard } from './caller.guard.ts';
import { checkRoutes } from './check-routes.ts';
import { cookieSettings } from './cookies.ts';
import { proxyDashboard } from './dashboard-proxy.ts';
import { addHealth, type WhyNotReady } from './health.ts';
import { ProblemFilter, sendProblem } from './problem.filter.ts';
import { requestIds } from './request-id.ts';
import { addSecurityHeaders } from './security-headers.ts';

export type AppOptions = {
  /** What people open; decides the cookie's name and whether it is for TLS alone. */
  publicUrl: string;
  dashboardUrl: string | undefined;
  /** From whom `X-Forwarded-*` is believed. */
  trustedProxies: string[];
  logger: FastifyBaseLogger;
  whyNotReady: WhyNotReady;
  /** Called with how long each request took, by its route. */
  onAnswered?: (request: { method: string; route: string; status: number; seconds: number }) => void;
  /** Answers the other replicas; without it there is nothing at their address. */
  serveReplicas?: (server: FastifyInstance) => Promise<void>;
};

const mebibyte = 1_048_576;

/** The HTTP side of the server, ready to listen. */
export async function openApp(plane: ControlPlane, options: AppOptions): Promise<NestFastifyApplication> {
  checkRoutes(controllers);
  const cookie = cookieSettings(options.publicUrl);
  const server = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: mebibyte,
    trustProxy: options.trustedProxies.length > 0 ? options.trustedProxies : false,
    genReqId: requestIds(),
    // Stopping, what is asked on a connection that is still open is answered; only those without a request are closed.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
  });
  // One for each request would cost more than finding its route, and hardly any has something to say: what does names the request.
  server.setChildLoggerFactory((logger) => logger);
  addSecurityHeaders(server, { tls: cookie.secure });
  const { onAnswered } = options;
  if (onAnswered)
    server.addHook('onResponse', ({ method, routeOptions }, { statusCode: status, elapsedTime }, done) => {
      onAnswered({ method, route: routeOptions.url ?? 'unknown', status, seconds: elapsedTime / 1000 });
      done();
    });
  await server.register(async (scope) => addOwnRoutes(scope, plane, options));

  // Fastify's types differ between its own package and the copy Nest's were made with.
  const adapter = new FastifyAdapter(server as never);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(plane), adapter, {
    logger: false,
    abortOnError: false,
  });
  app.useGlobalGuards(new CallerGuard(plane, { cookie, publicUrl: options.publicUrl }));
  app.useGlobalFilters(new ProblemFilter(plane));
  await app.init();
  return app;
}

/** What is not of the contract; in a scope of its own, since Nest sets the outer one's error handler. */
async function addOwnRoutes(scope: FastifyInstance, plane: ControlPlane, options: AppOptions): Promise<void> {
  const { dashboardUrl, serveReplicas } = options;
  scope.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  addHealth(scope, options.whyNotReady);
  addApiReference(scope, plane.settings.version);
  await addScim(scope, plane);
  if (serveReplicas) await scope.register(serveReplicas);
  // Never the dashboard's, whatever is asked for below these.
  for (const path of ['/api/*', '/internal', '/internal/*']) {
    scope.all(path, () => {
      throw new Refusal('not-found', 'There is nothing at this address: see /api/reference for what there is');
    });
  }
  if (dashboardUrl) await proxyDashboard(scope, dashboardUrl);
}
