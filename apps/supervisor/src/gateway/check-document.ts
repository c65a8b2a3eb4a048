import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Host } from '../host.ts';
import { hashOf, writeDocument } from './document.ts';
import { openclawJson } from './openclaw-command.ts';

/** A busy machine took 81 s where an idle one takes 3; beyond this the gateway itself is asked. */
const timeoutMs = 60_000;
const documentsMax = 32;

const Answer = z.object({
  valid: z.boolean(),
  issues: z.array(z.looseObject({ path: z.string().nullish(), message: z.string() })).default([]),
});

/** Asks OpenClaw itself, beside a gateway that goes on working, whether it would take a document. */
export type DocumentCheck = {
  /** Why OpenClaw refuses this text, or undefined when it does not, or cannot be asked. Asked once for each text. */
  whyRefused(text: string, signal: AbortSignal): Promise<string | undefined>;
};

export function createDocumentCheck(host: Host): DocumentCheck {
  const known = new Map<string, string | undefined>();
  return {
    async whyRefused(text, signal) {
      const hash = hashOf(text);
      if (known.has(hash)) return known.get(hash);
      const reason = await ask(host, text, signal);
      if (reason === unasked) return undefined;
      known.set(hash, reason);
      for (const oldest of known.keys()) if (known.size > documentsMax) known.delete(oldest);
      return reason;
    },
  };
}

const unasked = Symbol('could not be asked');

async function ask(host: Host, text: string, signal: AbortSignal): Promise<string | undefined | typeof unasked> {
  const draft = join(host.folder.directory, 'openclaw.draft.json');
  try {
    await writeDocument(draft, text);
    const answer = Answer.parse(
      await openclawJson(host, {
        words: ['config', 'validate', '--json'],
        timeoutMs,
        signal,
        environment: { OPENCLAW_CONFIG_PATH: draft },
      }),
    );
    return answer.valid ? undefined : refusalOf(answer.issues);
  } catch (error) {
    signal.throwIfAborted();
    host.log('warn', 'a document could not be checked beforehand', { reason: String(error) });
    return unasked;
  } finally {
    await rm(draft, { force: true });
  }
}

/** What OpenClaw has against a document, in one sentence. */
export function refusalOf(issues: { path?: string | null | undefined; message: string }[]): string {
  const words = issues.map(({ path, message }) => `${path || '<root>'}: ${message}`).join('; ');
  return `OpenClaw refuses the configuration: ${words.slice(0, 500)}`;
}
