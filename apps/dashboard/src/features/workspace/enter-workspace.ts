import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';

/** Goes on in another workspace; a full load, so that nothing fetched for the one before stays. */
export async function enterWorkspace(workspaceId: string): Promise<void> {
  await client.sessions.switch({ workspaceId });
  window.location.assign(paths.home);
}
