import { createClient } from '@clawster/client/client';

/** The only way out of the dashboard: the API on the page's own origin. */
export const client = createClient({ baseUrl: '' });
