import { mkdir, writeFile } from 'node:fs/promises';
import { openApiDocument } from './openapi.ts';

/** Writes docs/openapi.json, so that a review sees every change of the API: `pnpm openapi`. */
const docs = new URL('../../../../docs/', import.meta.url);
await mkdir(docs, { recursive: true });
await writeFile(new URL('openapi.json', docs), `${JSON.stringify(openApiDocument('0.1.0'), undefined, 2)}\n`);
