import { readFile } from 'node:fs/promises';
import { allRoutes } from '@clawster/contract/api';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

test('docs/openapi.json is what the contract says: if not, run `pnpm openapi`', async () => {
  const committed: unknown = JSON.parse(
    await readFile(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument('0.1.0'))));
});

test('every route is in it, with who may call it', () => {
  const document = openApiDocument('0.1.0');
  for (const { name, route } of allRoutes()) {
    const operation = document.paths?.[`/api/v1${route.path}`]?.[route.method.toLowerCase() as 'get'];
    expect(operation?.operationId).toBe(name);
    expect(operation?.description).toBeTruthy();
  }
});
