import { resolve } from 'node:path';

/** Where tests keep installed OpenClaw versions, so that only the first run downloads one. */
export const runtimesDirectory = resolve(import.meta.dirname, '../../.tools/test-runtimes');
