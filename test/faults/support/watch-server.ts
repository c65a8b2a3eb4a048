import { readFile } from 'node:fs/promises';
import type { ServerProcess } from './server-process.ts';

export type Answer = { status: number; ms: number; retryAfter: string | null };

/** Asks as any client would, and says what came and how long it took; no answer at all is 0. */
export async function ask(server: ServerProcess, path: string, apiKey = ''): Promise<Answer> {
  const since = performance.now();
  const answer = await fetch(`${server.url}${path}`, {
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return {
    status: answer?.status ?? 0,
    ms: performance.now() - since,
    retryAfter: answer?.headers.get('retry-after') ?? null,
  };
}

/** The value below which this share of them lies. */
export function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

/** The memory of its process, in megabytes. */
export async function memoryOf(server: ServerProcess): Promise<number> {
  const status = await readFile(`/proc/${server.pid()}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
