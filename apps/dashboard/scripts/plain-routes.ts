import { allRoutes } from '@clawster/contract/api';

type PlainRoute = { method: string; path: string; stream?: true; file?: true };

/** The contract's routes without their schemas: all that a call needs, in a thirtieth of the weight. */
export function plainRoutes(): Record<string, Record<string, PlainRoute>> {
  return eachRoute(({ method, path, stream, file }) => ({
    method,
    path,
    ...(stream ? { stream } : {}),
    ...(file ? { file } : {}),
  }));
}

/** The same, each route as one line: its path, the method unless it is POST, and `stream` or `file`. */
export function routeLines(): Record<string, Record<string, string>> {
  return eachRoute(({ method, path, stream, file }) => {
    if (stream) return `${path} ${method} stream`;
    if (file) return `${path} ${method} file`;
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
