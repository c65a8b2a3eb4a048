import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Under this argument the bridge hands in its ticket; what a model writes there is thrown away. */
export const stampKey = '_clawster';
/** The variable that the gateway alone is given: with it, it shows to its supervisor that it is the gateway. */
export const tokenVariable = 'CLAWSTER_TEAM_TOKEN';
/** Where the bridge asks. */
export const mayUsePath = '/may-use';

const id = 'clawster-bridge';

/**
 * Runs inside the gateway. Plain JavaScript that needs nothing of OpenClaw's but its hook. Whatever goes wrong throws, and a hook
 * that throws keeps the tool from running.
 */
const program = `export default {
  id: '${id}',
  name: 'Clawster',
  description: 'Asks the supervisor before a tool runs, and says from which conversation a call of the team comes.',
  register(api) {
    const { url, server } = api.pluginConfig ?? {};
    if (!url) return;
    const headers = { 'content-type': 'application/json', authorization: 'Bearer ' + process.env.${tokenVariable} };
    api.on('before_tool_call', async (event, context) => {
      const { sessionKey: session, runId, toolCallId = event.toolCallId } = context;
      const asked = { tool: event.toolName, session, runId, toolCallId };
      const signal = AbortSignal.timeout(10_000);
      const response = await fetch(new URL('${mayUsePath}', url), { method: 'POST', headers, body: JSON.stringify(asked), signal });
      if (!response.ok) throw new Error('The supervisor answered ' + response.status);
      const { refused, ticket } = await response.json();
      if (refused) return { block: true, blockReason: refused };
      if (!event.toolName.startsWith(server + '__')) return undefined;
      return { params: { ...event.params, ${stampKey}: ticket } };
    }, { priority: 100, timeoutMs: 12_000 });
  },
};
`;

const files: Record<string, string> = {
  'index.js': program,
  'package.json': `${JSON.stringify({ name: id, version: '1.0.0', type: 'module', openclaw: { extensions: ['./index.js'] } }, null, 2)}\n`,
  'openclaw.plugin.json': `${JSON.stringify(
    {
      id,
      name: 'Clawster',
      description: 'Says to the supervisor from which conversation a call of the team comes.',
      activation: { onStartup: true },
      configSchema: {
        type: 'object',
        additionalProperties: false,
        required: ['url', 'server'],
        properties: { url: { type: 'string' }, server: { type: 'string' } },
      },
    },
    null,
    2,
  )}\n`,
};

/** Puts the bridge where the document says it lies, as this supervisor knows it, whatever lay there. */
export async function writeBridge(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files)) await writeFileAtomic(join(directory, name), text, { mode: 0o600 });
}
