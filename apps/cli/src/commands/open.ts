import { z } from 'zod';
import { openInBrowser } from '../browser.ts';
import { cliCommand } from '../command.ts';
import { serverUrl } from '../connection.ts';

export const open = cliCommand({
  usage: 'open',
  summary: 'Open the dashboard in a browser',
  input: z.object({}),
  async run({ world }) {
    const url = serverUrl(world);
    return { url, opened: await openInBrowser(url, world) };
  },
  show: ({ url, opened }) => (opened ? url : `Open ${url} in a browser.`),
});
