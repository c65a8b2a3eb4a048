import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelPiece } from './run.ts';

type Chunk = { id?: string; choices: { delta?: { content?: string } }[] };
type Asking = { baseUrl: string; key: string; model: string; workspace: string; signal: AbortSignal };

/** Asks the configured model as OpenClaw does: the workspace files in the system prompt, the time before the message, streamed. */
export async function* httpModel(
  message: string,
  { baseUrl, key, model, workspace, signal }: Asking,
): AsyncIterable<ModelPiece> {
  const sections = await Promise.all(
    ['AGENTS.md', 'SOUL.md', 'IDENTITY.md'].map(async (name) => {
      const path = join(workspace, name);
      return `## ${path}\n${await readFile(path, 'utf8').catch(() => `[MISSING] Expected at: ${path}`)}`;
    }),
  );
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    signal,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    },
    body: JSON.stringify({
      model,
      stream: true,
      messages: [
        { role: 'system', content: `# Project Context\n${sections.join('\n')}\n<!-- end -->` },
        { role: 'user', content: `[Mon 2026-11-23 08:00 UTC] ${message}` },
      ],
    }),
  });
  if (!response.ok) throw new Error(`LLM request failed (HTTP ${response.status}): ${await response.text()}`);
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const { id: responseId, choices } = JSON.parse(line.slice(6)) as Chunk;
      const text = choices[0]?.delta?.content;
      if (text) yield { text, ...(responseId === undefined ? {} : { responseId }) };
    }
  }
}
