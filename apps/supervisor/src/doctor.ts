import { execFile } from 'node:child_process';
import { z } from 'zod';
import { gatewayEnvironment, openclawFile } from './gateway/environment.ts';
import type { Host } from './host.ts';
import { maskSecrets } from './host/mask.ts';
import { SupervisorRefusal } from './link/serve-request.ts';

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

/** Misses that other machines could join the gateway as nodes: no bot's gateway is to be reached from beyond its machine. */
const askedInVain = 'core/doctor/node-hosting-preconditions';

/** What OpenClaw's own doctor finds, as the contract's DoctorReport. It only looks: linting writes nothing, and the file is read-only to it. */
export async function runDoctor(host: Host, signal: AbortSignal) {
  const startedAt = Date.now();
  const { ok, findings } = Findings.parse(
    await openclawJson(host, {
      words: ['doctor', '--lint', '--json', '--skip', askedInVain],
      timeoutMs: 300_000,
      signal,
    }),
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

/**
 * One command of OpenClaw's about this bot, its JSON parsed. The exit code is no measure: doctor says 1 at the first
 * warning, `status` says 0 when the gateway is down.
 */
export function openclawJson(
  host: Host,
  command: { words: string[]; timeoutMs: number; signal: AbortSignal },
): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const what = `openclaw ${command.words.join(' ')}`;
  execFile(
    host.workload.runtime.node,
    [openclawFile(host.workload), ...command.words],
    {
      env: gatewayEnvironment(host.workload, host.folder),
      cwd: host.folder.workspace,
      timeout: command.timeoutMs,
      signal: command.signal,
      maxBuffer: 16 * 1024 * 1024,
      killSignal: 'SIGKILL',
    },
    (error, stdout, stderr) => {
      const value = lastJson(stdout);
      if (value !== undefined) return resolve(value);
      if (error?.killed)
        return reject(
          new SupervisorRefusal('timeout', `"${what}" did not finish within ${command.timeoutMs / 1000} s`),
        );
      reject(
        new SupervisorRefusal(
          'trouble',
          `"${what}" gave no answer: ${maskSecrets(stderr.trim().slice(-500)) || (error?.message ?? 'no output')}`,
        ),
      );
    },
  );
  return promise;
}

/** The JSON object in a command's output; a warning or two may stand before it. */
export function lastJson(text: string): unknown {
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('\n{', start) + 1 || -1) {
    try {
      return JSON.parse(text.slice(start));
    } catch {
      /* A brace in a warning: look further. */
    }
  }
  return undefined;
}
