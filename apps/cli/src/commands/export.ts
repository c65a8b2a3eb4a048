import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { writeManifests } from '../manifest/files.ts';

export const exportWorkspace = cliCommand({
  usage: 'export [folder]',
  summary: 'Write the templates, profiles, bots and overlays of a workspace as YAML files; secrets are in none of them',
  input: z.object({ folder: z.string().default('clawster') }),
  async run({ client }, { folder }) {
    const { items } = await client.manifests.export();
    return { folder, files: await writeManifests(folder, items) };
  },
  show: ({ folder, files }) => `${files.length} files are in ${folder}. Change them, then: clawster plan -f ${folder}`,
});
