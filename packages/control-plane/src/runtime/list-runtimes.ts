import { api } from '@clawster/contract/api';
import { floorVersion, testedVersions } from '@clawster/runtime/versions';
import { query } from '../query.ts';
import { getRuntimes } from './runtime.queries.ts';

/** The versions Clawster was tested with; one that lies on the disk already counts as installed. */
export const listRuntimes = query(api.runtimes.list, async ({ tx, plane }) => {
  const items = await getRuntimes(tx, testedVersions);
  for (const item of items) {
    if (item.phase === 'absent' && (await plane.runtimes.installed(item.version)))
      Object.assign(item, { phase: 'installed', message: 'Installed' });
  }
  return { items, floor: floorVersion };
});
