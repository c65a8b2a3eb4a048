import { api } from '@clawster/contract/api';
import type { InputOf, OutputOf, Route } from '@clawster/contract/route';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export type Noun = keyof typeof api;
type Call = (input: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>;

/** Options of a query for one route. Its key begins with the noun, so that an event about the noun refreshes it. */
export function q<R extends Route>(route: R, input: InputOf<R>) {
  const { noun, verb } = nameOf(route);
  return queryOptions({
    queryKey: [noun, verb, input] as const,
    queryFn: ({ signal }) => callOf(noun, verb)(input, { signal }) as Promise<OutputOf<R>>,
  });
}

/** A list without an end in sight has no total. */
type Paged = { items: unknown[]; nextCursor?: string | undefined; total?: number };
type PagedRoute = Route & { output: { _zod: { output: Paged } } };

/** Options of a list that is loaded page by page while someone scrolls. */
export function qPages<R extends PagedRoute>(route: R, input: Omit<InputOf<R>, 'cursor'>) {
  const { noun, verb } = nameOf(route);
  return infiniteQueryOptions({
    queryKey: [noun, verb, 'pages', input] as const,
    queryFn: ({ signal, pageParam }) =>
      callOf(noun, verb)({ ...input, cursor: pageParam }, { signal }) as Promise<OutputOf<R>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: OutputOf<R>) => (page as Paged).nextCursor,
  });
}

const names = new Map<Route, { noun: Noun; verb: string }>(
  Object.entries(api).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, route]) => [route as Route, { noun: noun as Noun, verb }] as const),
  ),
);

function nameOf(route: Route): { noun: Noun; verb: string } {
  const name = names.get(route);
  if (!name) throw new TypeError(`${route.method} ${route.path} is no route of the contract`);
  return name;
}

/** The client's function for a route; its exact type is known to the callers above. */
function callOf(noun: Noun, verb: string): Call {
  return (client[noun] as unknown as Record<string, Call>)[verb] as Call;
}
