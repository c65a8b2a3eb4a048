import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routeLines } from './plain-routes.ts';

// node apps/dashboard/scripts/write-routes.ts, after a change of the contract; a test says when it was forgotten.
await writeFile(
  join(import.meta.dirname, '../src/lib/light/routes.json'),
  `${JSON.stringify(routeLines(), null, 1)}\n`,
);
