import { allRoutes } from '@clawster/contract/api';

type PlainRoute = { method: string; path: string; stream?: true; file?: true };

/** The contract's routes without their schemas: all that a call needs, in a thirtieth of the weight. */
export function plainRoutes(): Record<string, Record<string, PlainRoute>> {
  const nouns: Record<string, Record<string, PlainRoute>> = {};
  for (const { name, route } of allRoutes()) {
    const [noun, verb] = name.split('.') as [string, string];
    const { method, path, stream, file } = route;
    (nouns[noun] ??= {})[verb] = { method, path, ...(stream ? { stream } : {}), ...(file ? { file } : {}) };
  }
  return nouns;
}
