import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainRoutes } from './plain-routes.ts';

// node apps/dashboard/scripts/write-routes.ts, after a change of the contract; a test says when it was forgotten.
await writeFile(
  join(import.meta.dirname, '../src/lib/light/routes.json'),
  `${JSON.stringify(plainRoutes(), null, 1)}\n`,
);
