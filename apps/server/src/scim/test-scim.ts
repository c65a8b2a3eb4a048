import type { TestApp } from '../http/test-app.ts';
import { ask, type Body, type Credential } from '../http/test-people.ts';

export type ScimBody = Body & {
  id: string;
  scimType?: string;
  totalResults?: number;
  Resources?: (Record<string, unknown> & { id: string })[];
  meta?: { version: string; location: string };
};
export type ScimAnswer = { status: number; body: ScimBody; headers: Headers };
type Line = `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD'} /${string}`;
export type Scim = (line: Line, body?: unknown, headers?: Record<string, string>) => Promise<ScimAnswer>;

/** Asks as a directory does: raw HTTP, with its token and the media type of the protocol. */
export function scimWith(app: Pick<TestApp, 'url'>, token: string | undefined): Scim {
  return async (line, body, headers = {}) => {
    const [method, path] = line.split(' ') as [string, string];
    const response = await fetch(`${app.url}/scim/v2${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text || '{}') as ScimBody, headers: response.headers };
  };
}

/** Connects a directory, and hands out its token. */
export async function connect(app: Pick<TestApp, 'url'>, as: Credential, name = 'Okta'): Promise<string> {
  const { status, body } = await ask(app, 'POST /directory', { as, body: { name } });
  if (status !== 200) throw new Error(`No directory was connected: ${body.detail}`);
  return body['value'] as string;
}

export const userOf = (login: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${login}@example.com`,
  name: { givenName: login, familyName: 'Example' },
  emails: [{ primary: true, value: `${login}@example.com`, type: 'work' }],
  active: true,
  ...more,
});

export const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
