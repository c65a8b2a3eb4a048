import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { readManifests } from './read-manifests.ts';

/** The workspace as files say it. Secrets are in none of it: connectors are named, and attached by hand. */
export const exportManifests = query(api.manifests.export, async ({ tx, caller }) => ({
  items: await readManifests(tx, caller.workspaceId),
}));
