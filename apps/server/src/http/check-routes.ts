import { allRoutes } from '@clawster/contract/api';
import type { Type } from '@nestjs/common';
import { routeOf } from './handle.ts';

/** Throws unless each route of the contract has exactly one handler, so that a start is refused rather than a request. */
export function checkRoutes(controllers: Type[]): void {
  const handlers = new Map<unknown, string[]>();
  for (const controller of controllers) {
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const route =
        name === 'constructor' ? undefined : routeOf((controller.prototype as Record<string, object>)[name] as object);
      if (route) handlers.set(route, [...(handlers.get(route) ?? []), `${controller.name}.${name}`]);
    }
  }
  const wrong = allRoutes().flatMap(({ name, route }) => {
    const found = handlers.get(route) ?? [];
    handlers.delete(route);
    if (found.length === 0) return [`${name} has no handler`];
    return found.length > 1 ? [`${name} has several handlers: ${found.join(', ')}`] : [];
  });
  const strangers = [...handlers.values()].flat().map((name) => `${name} handles a route that is not in the contract`);
  if (wrong.length + strangers.length > 0) throw new Error([...wrong, ...strangers].join('\n'));
}
