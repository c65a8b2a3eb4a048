import { randomBytes } from 'node:crypto';

/** The first person of an installation, and a key that may do all they may. */
export async function makeOwner(url: string, token: string): Promise<{ apiKey: string; password: string }> {
  const password = `canary ${randomBytes(12).toString('hex')}`;
  const signedIn = await post(url, '/setup', { body: { name: 'Ada', email: 'ada@example.com', password, token } });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const made = await post(url, '/api-keys', { body: { name: 'faults', role: 'owner' }, cookie });
  const { value } = (await made.json()) as { value: string };
  return { apiKey: value, password };
}

/** Signs the owner in anew; returns the cookie of that session. */
export async function signIn(url: string, password: string): Promise<string> {
  const answer = await post(url, '/sessions', { body: { email: 'ada@example.com', password } });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function post(
  url: string,
  path: string,
  { body, cookie }: { body: unknown; cookie?: string },
): Promise<Response> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
