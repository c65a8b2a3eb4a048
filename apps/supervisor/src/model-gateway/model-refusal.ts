import type { ServerResponse } from 'node:http';

/** Why a call does not go to a model, in a sentence for the person who waits. */
export class ModelRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.name = 'ModelRefusal';
    this.status = status;
    this.code = code;
  }
}

/**
 * Answers with 400 whatever the provider's trouble was: at a 401 OpenClaw puts the key aside for a minute, and at a 5xx it
 * tries for two minutes; a person who waits wants the sentence at once. The body is readable in every dialect.
 */
export function refuse(response: ServerResponse, error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error);
  const { status, code } = error instanceof ModelRefusal ? error : { status: 400, code: 'trouble' };
  if (response.headersSent) response.destroy();
  else {
    const body = { type: 'invalid_request_error', code, message: sentence, status: 'INVALID_ARGUMENT' };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'error', error: body }));
  }
  return sentence;
}
