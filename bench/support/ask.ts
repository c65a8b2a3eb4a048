import type { Product } from './product.ts';

export type Asked = Record<string, unknown>;

/** Asks the API of a product as its owner; whatever is refused ends the benchmark. */
export function asking({ server, cookie }: Pick<Product, 'server' | 'cookie'>) {
  return async (method: string, path: string, body?: unknown): Promise<Asked> => {
    const response = await fetch(new URL(`/api/v1${path}`, server.url), {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Asked;
  };
}
