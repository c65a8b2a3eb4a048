import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SharedBudget } from '@clawster/link/budget';
import type { ModelPlan, PlannedUpstream } from '@clawster/link/model-plan';
import type { Allowances } from './allowances.ts';
import { askDemoModel } from './demo-model.ts';
import { sendDemoReply } from './demo-reply.ts';
import { type Dialect, speaks } from './dialect.ts';
import { channelOf } from './channel-of.ts';
import { hideUsage } from './hide-usage.ts';
import { isPriced, type Limits } from './limits.ts';
import { ChatRequest } from './message.ts';
import { type ModelCall, noteAnswer, noteUpstream, tokensOf } from './model-call.ts';
import { ModelRefusal } from './model-refusal.ts';
import { answerReader } from './read-answer.ts';
import { type Asked, readRequest, wantsUsage } from './read-request.ts';
import { sendOn } from './send-on.ts';
import { type Answering, tryUpstreams } from './try-upstreams.ts';

/** One call of the bot's: what it may ask, and who answers. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  /** What is in force, and for a while what was before. */
  plans: ModelPlan[];
  limits: Limits;
  allowances: Allowances;
  /** What is kept of it; written as it becomes known. */
  call: ModelCall;
  /** Since it began; the clock by which it is told when may be another. */
  elapsedMs: () => number;
  signal: AbortSignal;
};

/** Answers one call from the first upstream that can; throws why none does. */
export async function exchange(of: Exchange): Promise<void> {
  const { request, limits, call } = of;
  const asked = await readRequest(request);
  Object.assign(call, { model: asked.model, dialect: asked.dialect });
  const { plan, upstreams, channel } = chosen(of.plans, asked);
  if (channel) Object.assign(call, { channel: channelOf(channel.kind, asked), model: channel.model });
  const [first] = upstreams as [PlannedUpstream];
  noteUpstream(call, first, 0);
  const reason = limits.whyNot(plan, first);
  if (reason !== undefined) throw new ModelRefusal(400, 'over-limit', reason);
  if (first.provider === 'demo') return answerAsDemo(of, asked, first);
  const shared = plan.shared.filter((budget) => budget.channel === undefined || budget.channel === call.channel);
  const spent = await allowed(of, shared, first);
  try {
    await ask(of, { asked, plan, upstreams: shared.length > 0 ? upstreams.filter(isPriced) : upstreams });
  } finally {
    spent(call.costUsd ?? 0);
  }
}

/** Lets the call go out under these budgets; throws why it may not. */
async function allowed({ allowances }: Exchange, shared: SharedBudget[], first: PlannedUpstream) {
  const [budget] = shared;
  if (budget && !isPriced(first)) throw new ModelRefusal(400, 'over-limit', sayUnpriced(budget, first));
  const begun = await allowances.begin(shared);
  if (typeof begun === 'string') throw new ModelRefusal(400, 'over-limit', begun);
  return begun;
}

function sayUnpriced({ name }: SharedBudget, { model }: PlannedUpstream): string {
  return `The budget ${name} counts by prices, and the model "${model}" has none. Enter its price in the connector, or have the budget only warn`;
}

type Asking = { asked: Asked; plan: ModelPlan; upstreams: PlannedUpstream[] };

async function ask(of: Exchange, { asked, plan, upstreams }: Asking): Promise<void> {
  const { response, limits, call, elapsedMs, signal } = of;
  const answering = await tryUpstreams({
    asked,
    upstreams: limits.affordable(plan, upstreams),
    retries: plan.retries,
    allowPrivate: plan.allowPrivate,
    signal,
    onTry: (upstream, tries) => noteUpstream(call, upstream, tries),
  });
  call.upstream = upstreams.indexOf(answering.upstream);
  try {
    await passOn(answering, { asked, response, call, elapsedMs });
  } finally {
    limits.took(plan, { upstream: answering.upstream, tokens: tokensOf(call), usd: call.costUsd });
  }
}

type Chosen = {
  plan: ModelPlan;
  upstreams: PlannedUpstream[];
  channel: ModelPlan['models'][number]['channel'];
};

/** Who may answer this call; throws with what the bot may ask for when nobody may. */
function chosen(plans: ModelPlan[], { model, dialect }: Asked): Chosen {
  const [current] = plans;
  if (!current) throw new ModelRefusal(400, 'no-model', 'The bot has no model yet');
  for (const plan of plans) {
    const found = plan.models.find(({ name }) => name === model);
    const upstreams = found?.upstreams.filter((upstream) => speaks(upstream, dialect));
    if (upstreams?.[0]) return { plan, upstreams, channel: found?.channel };
  }
  const [usual] = current.models;
  if (!usual?.upstreams.some((upstream) => speaks(upstream, dialect)))
    throw new ModelRefusal(400, 'wrong-dialect', `The model provider does not speak the ${said[dialect]} dialect`);
  const names = current.models.flatMap(({ name, channel }) =>
    channel === undefined || channel.model === name ? [`"${name}"`] : [],
  );
  throw new ModelRefusal(
    400,
    'model-not-allowed',
    `This bot may use ${names.join(', ')}${names.length === 1 ? ' alone' : ''}, not "${model}"`,
  );
}

const said: Record<Dialect, string> = {
  'openai-completions': 'openai',
  'openai-responses': 'openai responses',
  'anthropic-messages': 'anthropic',
  'google-generative-ai': 'google',
};

async function answerAsDemo({ response, call }: Exchange, { body }: Asked, upstream: PlannedUpstream): Promise<void> {
  const chat = ChatRequest.safeParse(body);
  if (!chat.success) throw new ModelRefusal(400, 'invalid', 'The request is not one for a chat model');
  call.tries = 1;
  call.upstream = 0;
  const reply = await askDemoModel(chat.data);
  if (reply.kind === 'failure') throw new ModelRefusal(reply.status, 'demo-failure', reply.message);
  const { id, usage } = await sendDemoReply(response, chat.data, reply);
  noteAnswer(call, { responseId: id, usage, events: 0, bytes: 0 }, { upstream, askedBytes: 0 });
}

type Passing = Pick<Exchange, 'response' | 'call' | 'elapsedMs'> & { asked: Asked };

async function passOn(answering: Answering, { asked, response, call, elapsedMs }: Passing): Promise<void> {
  const { upstream, status, contentType, first, rest } = answering;
  const isOk = status >= 200 && status < 300;
  const isStream = contentType.startsWith('text/event-stream');
  const hides = isOk && isStream && asked.dialect === 'openai-completions' && !wantsUsage(asked);
  const reader = answerReader(asked.dialect, isStream);
  const words: Buffer[] = [];
  call.ttfbMs = elapsedMs();
  response.writeHead(status, { 'content-type': contentType });
  try {
    await sendOn(response, {
      first,
      rest,
      see(chunk) {
        reader.see(chunk);
        if (!isOk && words.length < 4) words.push(chunk.subarray(0, 500));
      },
      filter: hides ? hideUsage() : undefined,
    });
  } catch (error) {
    call.outcome = 'aborted';
    throw error;
  } finally {
    if (isOk) noteAnswer(call, reader.end(), { upstream, askedBytes: asked.raw.length });
  }
  if (isOk) return;
  call.outcome = 'failed';
  call.failure = `The model provider answered HTTP ${status}: ${Buffer.concat(words).toString('utf8').slice(0, 500)}`;
}
