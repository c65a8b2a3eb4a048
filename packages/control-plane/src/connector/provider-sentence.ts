import type { Answer } from './ask-provider.ts';
import { troubleSentence } from '../outward/trouble-sentence.ts';
import { baseUrlOf, type Connection } from './connection.ts';

/** What is wrong with a provider's answer and what to do, or undefined when it is a model's answer. */
export function sentenceForAnswer(
  { status, body, text }: Answer,
  connection: Connection,
  models: string[],
): string | undefined {
  const said = saidBy(body, connection.apiKey);
  if (status >= 300 && status < 400) return 'The address redirects elsewhere: enter the address it redirects to';
  const account = sentenceForAccount(status, said, connection);
  if (account) return account;
  if (isUnknownModel(status, said, connection.model)) return unknownModel(connection, models, said);
  if (status >= 500)
    return `The provider has trouble of its own (HTTP ${status}): try again later${said ? `. It says: ${said}` : ''}`;
  if (status === 404)
    return `Nothing answers like a model provider at ${baseUrlOf(connection)}: check the base URL${hint(connection)}`;
  if (status !== 200) return `The provider refused (HTTP ${status})${said ? `: ${said}` : ''}`;
  if (!isModelAnswer(body))
    return `${baseUrlOf(connection)} answered, but not as a model provider${text.trimStart().startsWith('<') ? ' (it sent a web page)' : ''}: check the base URL${hint(connection)}`;
  return undefined;
}

/** Whether a provider did not take the key. Google calls one that it does not know a bad request. */
export function isKeyRefused(status: number, said: string): boolean {
  return status === 401 || status === 403 || (status === 400 && /API key not valid/i.test(said));
}

/** What is wrong with the key, or with the account behind it. */
function sentenceForAccount(status: number, said: string, { apiKey }: Connection): string | undefined {
  // Google says 400 to a key that is none.
  if (isKeyRefused(status, said))
    return apiKey
      ? 'The provider refused the API key: check that it is complete, active and of this provider'
      : 'The provider wants an API key: enter one';
  if (status === 402 || said.includes('quota') || said.includes('credit'))
    return `The key is right, but the account behind it cannot pay: ${said || 'add credit at the provider'}`;
  if (status === 429) return 'The provider is limiting this key right now: try again in a minute';
  return undefined;
}

function hint({ provider, baseUrl }: Connection): string {
  return provider === 'openai-compatible' && baseUrl && !/\/v\d+\/?$/.test(baseUrl) ? '; it often ends in /v1' : '';
}

/** A 404 with an error object that names the model is about the model; without one it is about the address. */
function isUnknownModel(status: number, said: string, model: string): boolean {
  return (
    (status === 404 || status === 400 || status === 422) &&
    (said.includes(model) || /model/i.test(said)) &&
    /not.?found|not exist|unknown|invalid model|no such|not available|not supported|model:/i.test(said)
  );
}

function unknownModel({ model }: Connection, models: string[], said: string): string {
  const offered =
    models.length > 0
      ? ` It offers ${models.slice(0, 5).join(', ')}${models.length > 5 ? ` and ${models.length - 5} more` : ''}.`
      : said
        ? ` It says: ${said}`
        : '';
  return `The provider does not know the model ${model}.${offered}`;
}

function isModelAnswer(body: unknown): boolean {
  const answer = (body ?? {}) as Record<'choices' | 'content' | 'output' | 'candidates', unknown>;
  return [answer.choices, answer.content, answer.output, answer.candidates].some((said) => Array.isArray(said));
}

/** The provider's own words, short, and never with the key in them. */
function saidBy(body: unknown, apiKey: string | undefined): string {
  const error = (body as { error?: unknown } | null | undefined)?.error;
  const message = typeof error === 'string' ? error : (error as { message?: unknown } | null | undefined)?.message;
  if (typeof message !== 'string') return '';
  const safe = apiKey ? message.replaceAll(apiKey, '(key)') : message;
  return safe.replace(/\s+/g, ' ').slice(0, 200);
}

const own = {
  UND_ERR_HEADERS_TIMEOUT: 'took the request and did not answer in 20 seconds',
  UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answered with far more than a model would: check the base URL',
  EPROTO: 'does not speak TLS there: write http instead of https, or correct the port',
  HPE_INVALID_CONSTANT: 'does not speak HTTP: check the base URL and its port',
};

/** What kept us from asking, and what to do. */
export function sentenceForTrouble(error: unknown, connection: Connection): string {
  return troubleSentence(error, { host: hostOf(baseUrlOf(connection)), entered: 'base URL', timeoutSeconds: 20, own });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The base URL';
}
