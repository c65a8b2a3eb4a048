import type { Served } from './served.ts';

/** Makes the owner account as the set-up page does; gives the cookie of who is then signed in. */
export async function makeOwner({ url, setupToken }: Pick<Served, 'url' | 'setupToken'>): Promise<string> {
  const response = await fetch(new URL('/api/v1/setup', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: setupToken,
      name: 'Ada',
      email: 'ada@example.com',
      password: 'four tame lobsters at dawn',
    }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`Set-up was refused: ${await response.text()}`);
  return cookie;
}
