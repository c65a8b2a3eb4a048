import { createRequire } from 'node:module';

/** This version of Clawster. */
export const version: string = (createRequire(import.meta.url)('../package.json') as { version: string }).version;
