import { apiPrefix } from '@clawster/contract/api';
import { pathParameters, type Route } from '@clawster/contract/route';

export type HttpRequest = { url: string; method: string; body: string | undefined };

/** Spreads a route's flat input over path, query and JSON body, as `Route` in the contract says. */
export function toHttpRequest(route: Route, baseUrl: string, input: Record<string, unknown>): HttpRequest {
  const inPath = pathParameters(route.path);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(valueOf(route, input, name)),
  );
  const rest = Object.entries(input).filter(([name, value]) => !inPath.includes(name) && value !== undefined);
  const address = `${baseUrl.replace(/\/+$/, '')}${apiPrefix}${path}`;

  if (route.method === 'GET' || route.method === 'DELETE') {
    const query = new URLSearchParams(
      rest.map(([name, value]) => [name, String(value as string | number | boolean)]),
    ).toString();
    return { url: query ? `${address}?${query}` : address, method: route.method, body: undefined };
  }
  return { url: address, method: route.method, body: JSON.stringify(Object.fromEntries(rest)) };
}

function valueOf(route: Route, input: Record<string, unknown>, name: string): string {
  const value = input[name];
  // An empty one would silently name another route.
  if (value === undefined || value === '') throw new TypeError(`${route.method} ${route.path} needs ${name}`);
  return String(value as string | number);
}
