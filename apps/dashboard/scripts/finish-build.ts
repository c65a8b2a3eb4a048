import { cp } from 'node:fs/promises';
import { join } from 'node:path';

// Next leaves out what a file host would serve; here the standalone server serves it itself.
const dashboard = join(import.meta.dirname, '..');
await cp(join(dashboard, '.next/static'), join(dashboard, '.next/standalone/apps/dashboard/.next/static'), {
  recursive: true,
});
