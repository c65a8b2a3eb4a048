import type { GatewayQuestion } from '@clawster/link/team';
import { z } from 'zod';

const whence = { sessionKey: z.string().nullish(), runId: z.string().nullish() };
const Exec = z.object({
  id: z.string(),
  request: z.object({ command: z.string(), cwd: z.string().nullish(), ...whence }),
  expiresAtMs: z.number().nullish(),
});
const Plugin = z.object({
  id: z.string(),
  request: z.object({
    title: z.string(),
    description: z.string().nullish(),
    toolName: z.string().nullish(),
    ...whence,
  }),
  expiresAtMs: z.number().nullish(),
});
const Question = z.object({
  id: z.string(),
  questions: z
    .array(
      z.object({
        questionId: z.string(),
        header: z.string().nullish(),
        question: z.string(),
        options: z.array(z.object({ label: z.string() })).default([]),
      }),
    )
    .min(1),
  ...whence,
  expiresAtMs: z.number().nullish(),
});

/** What a person is asked, with OpenClaw's own names of the questions in it. */
export type AskedQuestion = GatewayQuestion & { questionIds: string[] };
export type QuestionKind = GatewayQuestion['kind'];

/** What OpenClaw asks, as people see it; undefined when it is not as it was known to ask. */
export function readQuestion(kind: QuestionKind, payload: unknown): AskedQuestion | undefined {
  return { exec: readExec, plugin: readPlugin, question: readAsked }[kind](payload);
}

function readExec(payload: unknown): AskedQuestion | undefined {
  const found = Exec.safeParse(payload).data;
  if (!found) return undefined;
  const { command, cwd } = found.request;
  const parts = [part('Command', command), ...(cwd ? [part('Folder', cwd)] : [])];
  return { id: found.id, kind: 'exec', title: 'Run a command', content: parts, ...usual(found, found.request) };
}

function readPlugin(payload: unknown): AskedQuestion | undefined {
  const found = Plugin.safeParse(payload).data;
  if (!found) return undefined;
  const { title, description, toolName } = found.request;
  const parts = [
    ...(toolName ? [part('Tool', toolName)] : []),
    ...(description ? [part('What it is about', description)] : []),
  ];
  return { id: found.id, kind: 'plugin', title: title.slice(0, 500), content: parts, ...usual(found, found.request) };
}

function readAsked(payload: unknown): AskedQuestion | undefined {
  const found = Question.safeParse(payload).data;
  const first = found?.questions[0];
  if (!found || !first) return undefined;
  const { questions } = found;
  return {
    id: found.id,
    kind: 'question',
    title: (first.header ?? first.question).slice(0, 500),
    content: questions.map(({ header, question }) => part(header ?? 'Question', question)),
    ...usual(found, found),
    // One answer is given: which of several it is for, only its words can tell.
    choices: questions.length === 1 ? first.options.map(({ label }) => label.slice(0, 200)).slice(0, 20) : [],
    questionIds: questions.map(({ questionId }) => questionId),
  };
}

function part(label: string, text: string) {
  return { label: label.slice(0, 100), text: text.slice(0, 20_000) };
}

type From = { sessionKey?: string | null | undefined; runId?: string | null | undefined };

function usual({ expiresAtMs }: { expiresAtMs?: number | null | undefined }, { sessionKey, runId }: From) {
  return {
    choices: [],
    questionIds: [],
    ...(expiresAtMs ? { expiresAt: new Date(expiresAtMs).toISOString() } : {}),
    ...(sessionKey ? { session: sessionKey } : {}),
    ...(runId ? { runId } : {}),
  };
}
