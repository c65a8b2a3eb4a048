import { allRoutes } from '@clawster/contract/api';

type PlainRoute = { method: string; path: string; stream?: true };

/** The contract's routes without their schemas: all that a call needs, in a thirtieth of the weight. */
export function plainRoutes(): Record<string, Record<string, PlainRoute>> {
  return eachRoute(({ method, path, stream }) => ({ method, path, ...(stream ? { stream: true } : {}) }));
}

/** The same, each route as one line: its path, the method unless it is POST, and `stream`. */
export function routeLines(): Record<string, Record<string, string>> {
  return eachRoute(({ method, path, stream }) => {
    if (stream) return `${path} ${method} stream`;
    return method === 'POST' ? path : `${path} ${method}`;
  });
}

type Route = ReturnType<typeof allRoutes>[number]['route'];

function eachRoute<Form>(form: (route: Route) => Form): Record<string, Record<string, Form>> {
  const nouns: Record<string, Record<string, Form>> = {};
  for (const { name, route } of allRoutes()) {
    const [noun, verb] = name.split('.') as [string, string];
    (nouns[noun] ??= {})[verb] = form(route);
  }
  return nouns;
}
