import { z } from 'zod';
import { openclawJson } from './gateway/openclaw-command.ts';
import type { Host } from './host.ts';
import { maskSecrets } from './host/mask.ts';

const Findings = z.object({
  ok: z.boolean(),
  findings: z
    .array(
      z.object({
        checkId: z.string(),
        severity: z.string(),
        message: z.string(),
        path: z.string().nullish(),
        fixHint: z.string().nullish(),
      }),
    )
    .default([]),
});

/** What OpenClaw's own doctor finds, as the contract's DoctorReport. It only looks: linting writes nothing, and the file is read-only to it. */
export async function runDoctor(host: Host, signal: AbortSignal) {
  const startedAt = Date.now();
  const { ok, findings } = Findings.parse(
    await openclawJson(host, { words: ['doctor', '--lint', '--json'], timeoutMs: 300_000, signal }),
  );
  return {
    ok,
    ranAt: new Date(startedAt).toISOString(),
    durationMs: Date.now() - startedAt,
    findings: findings.map(({ checkId, severity, message, path, fixHint }) => ({
      checkId,
      severity,
      message: maskSecrets(message),
      ...(path ? { path } : {}),
      ...(fixHint ? { fixHint } : {}),
    })),
  };
}
