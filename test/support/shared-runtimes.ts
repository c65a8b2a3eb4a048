import { resolve } from 'node:path';

/** Where all tests keep installed OpenClaw versions, so that only the first run downloads one. */
export const runtimesDirectory =
  process.env['CLAWSTER_TEST_RUNTIMES'] ?? resolve(import.meta.dirname, '../../.tools/test-runtimes');
