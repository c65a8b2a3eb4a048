import type { Served } from './served.ts';

export type Owner = { url: string; cookie: string };

/** Makes the owner account as the set-up page does. */
export async function makeOwner({ url, setupToken }: Served): Promise<Owner> {
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
  return { url: url.origin, cookie };
}
