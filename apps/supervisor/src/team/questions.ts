import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayError } from '@clawster/gateway/gateway-error';
import type { EventFrame } from '@clawster/gateway/protocol';
import type { SupervisorParams } from '@clawster/link/supervisor-methods';
import type { GatewayQuestion } from '@clawster/link/team';
import { z } from 'zod';
import type { LinkClient } from '../link/link-client.ts';
import { SupervisorRefusal } from '../link/serve-request.ts';
import { type AskedQuestion, type QuestionKind, readQuestion } from './read-question.ts';
import { isForNow } from './team-calls.ts';

/** What OpenClaw calls them in its events, and where it lists those that are open. */
const kinds: Record<QuestionKind, { event: string; list: string }> = {
  exec: { event: 'exec.approval', list: 'exec.approval.list' },
  plugin: { event: 'plugin.approval', list: 'plugin.approval.list' },
  question: { event: 'question', list: 'question.list' },
};
const Listed = z.union([
  z.array(z.unknown()),
  z.object({ questions: z.array(z.unknown()) }).transform(({ questions }) => questions),
]);
const Resolved = z.object({ id: z.string() });

type Open = { question: AskedQuestion; isHeard: boolean };

/** What OpenClaw asks people: carried up, answered, and taken back when it is over. */
export class Questions {
  readonly #ask: LinkClient['ask'];
  readonly #open = new Map<string, Open>();
  /** Over, and the control plane has not heard of it yet. */
  readonly #over = new Map<string, string>();

  constructor(ask: LinkClient['ask']) {
    this.#ask = ask;
  }

  see({ event, payload }: EventFrame): void {
    for (const [kind, { event: name }] of Object.entries(kinds)) {
      if (event === `${name}.requested`) this.#raise(readQuestion(kind as QuestionKind, payload));
      if (event === `${name}.resolved`) this.#close(Resolved.safeParse(payload).data?.id, 'It was decided elsewhere');
    }
  }

  /** What the gateway asks just now: what was raised or decided meanwhile is found out. */
  async connected(client: GatewayClient): Promise<void> {
    const open = new Set<string>();
    for (const [kind, { list }] of Object.entries(kinds)) {
      if (!client.hello.features.methods.includes(list)) continue;
      for (const one of Listed.parse(await client.call(list, {}))) {
        const question = readQuestion(kind as QuestionKind, one);
        if (question) open.add(question.id);
        this.#raise(question);
      }
    }
    for (const id of this.#open.keys()) if (!open.has(id)) this.#close(id, 'The bot does not wait for it any more');
  }

  /** There is a link again: what nobody has heard is told. */
  linked(): void {
    for (const id of this.#open.keys()) void this.#tell(id);
    for (const id of this.#over.keys()) void this.#takeBack(id);
  }

  /** Hands an answer to OpenClaw, which waits for it. */
  async resolve(client: GatewayClient, answer: SupervisorParams<'question.resolve'>): Promise<void> {
    const { id, kind, approved } = answer;
    const known = this.#open.get(id);
    // Ours: that it is over is no news to who answered.
    this.#open.delete(id);
    try {
      if (kind === 'question') await client.call('question.resolve', answerTo(known?.question, answer));
      else await client.call('approval.resolve', { id, kind, decision: approved ? 'allow-once' : 'deny' });
    } catch (error) {
      if (!(error instanceof GatewayError)) {
        if (known) this.#open.set(id, known);
        throw error;
      }
      throw new SupervisorRefusal('refused', `OpenClaw does not take the answer: ${error.message}`, { cause: error });
    }
  }

  #raise(question: AskedQuestion | undefined): void {
    if (!question || this.#open.has(question.id)) return;
    this.#open.set(question.id, { question, isHeard: false });
    void this.#tell(question.id);
  }

  async #tell(id: string): Promise<void> {
    const open = this.#open.get(id);
    if (!open || open.isHeard) return;
    const { questionIds: _, ...question }: AskedQuestion = open.question;
    open.isHeard = await isHeard(this.#ask('question.raise', question satisfies GatewayQuestion));
  }

  #close(id: string | undefined, why: string): void {
    if (id === undefined || !this.#open.delete(id)) return;
    this.#over.set(id, why);
    void this.#takeBack(id);
  }

  async #takeBack(id: string): Promise<void> {
    const why = this.#over.get(id);
    if (why !== undefined && (await isHeard(this.#ask('question.withdraw', { id, why })))) this.#over.delete(id);
  }
}

function answerTo(
  question: AskedQuestion | undefined,
  { id, approved, answer }: SupervisorParams<'question.resolve'>,
): Record<string, unknown> {
  const resolvedBy = 'clawster';
  if (!approved || answer === undefined || !question) return { id, cancel: true, resolvedBy };
  const answers = Object.fromEntries(question.questionIds.map((questionId) => [questionId, [answer]]));
  return { id, answers: { answers }, resolvedBy };
}

/** Whether the control plane took it, or does not want to hear it. */
function isHeard(said: Promise<unknown>): Promise<boolean> {
  return said.then(
    () => true,
    (error: unknown) => !isForNow(error),
  );
}
