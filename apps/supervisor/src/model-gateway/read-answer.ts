import type { Dialect } from './dialect.ts';
import { billedIn, type Loose, type TokenUsage, usageIn } from './usage.ts';

/** What an answer says of itself. `usage` is what the provider counted; absent when it did not say. */
export type AnswerFacts = {
  responseId?: string | undefined;
  usage?: TokenUsage | undefined;
  billedUsd?: number | undefined;
  /** Of an answer that streams: how many events came; about as many tokens. */
  events: number;
  bytes: number;
};

/** Beyond this a whole answer is passed on without being looked at. */
const wholeBytesMax = 16 * 1024 * 1024;
const newLine = 10;
/** A provider that has not said the answer's id in its first events will not say it. */
const namesItselfWithin = 8;

/**
 * Reads what an answer took and its id as it passes by. Of a stream only the first event and those that name usage are
 * decoded: what is said costs a search for a few bytes.
 */
export function answerReader(dialect: Dialect, isStream: boolean) {
  const facts: AnswerFacts = { events: 0, bytes: 0 };
  const take = (body: Loose) => {
    facts.responseId ??= idIn(body);
    facts.usage = usageIn(dialect, body, facts.usage);
    facts.billedUsd = billedIn(body) ?? facts.billedUsd;
  };
  return isStream ? streamReader(facts, take) : wholeReader(facts, take);
}

export type AnswerReader = { see(chunk: Buffer): void; end(): AnswerFacts };

function streamReader(facts: AnswerFacts, take: (body: Loose) => void): AnswerReader {
  let rest: Buffer | undefined;
  const line = (bytes: Buffer) => {
    if (!bytes.subarray(0, 5).equals(dataPrefix)) return;
    facts.events += 1;
    const mayNameItself = facts.responseId === undefined && facts.events <= namesItselfWithin;
    if (!mayNameItself && !namesUsage(bytes)) return;
    const body = parsed(bytes.subarray(5));
    if (body) take(body);
  };
  return {
    see(chunk) {
      facts.bytes += chunk.length;
      const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
      let start = 0;
      for (let end = bytes.indexOf(newLine); end !== -1; end = bytes.indexOf(newLine, start)) {
        line(bytes.subarray(start, end));
        start = end + 1;
      }
      rest = start < bytes.length ? bytes.subarray(start) : undefined;
    },
    end() {
      if (rest) line(rest);
      return facts;
    },
  };
}

const dataPrefix = Buffer.from('data:');
const usageWord = Buffer.from('"usage');
const noUsage = Buffer.from('"usage":null');

function namesUsage(bytes: Buffer): boolean {
  return bytes.includes(usageWord) && !bytes.includes(noUsage);
}

function wholeReader(facts: AnswerFacts, take: (body: Loose) => void): AnswerReader {
  const chunks: Buffer[] = [];
  return {
    see(chunk) {
      facts.bytes += chunk.length;
      if (facts.bytes <= wholeBytesMax) chunks.push(chunk);
    },
    end() {
      const body = facts.bytes <= wholeBytesMax ? parsed(Buffer.concat(chunks)) : undefined;
      // Google streams a list where it is not asked for events.
      for (const one of Array.isArray(body) ? (body as Loose[]) : body ? [body] : []) take(one);
      return facts;
    },
  };
}

function idIn(body: Loose): string | undefined {
  const id: unknown = body['id'] ?? body['message']?.['id'] ?? body['response']?.['id'] ?? body['responseId'];
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}

function parsed(bytes: Buffer): Loose | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Loose) : undefined;
  } catch {
    return undefined;
  }
}
