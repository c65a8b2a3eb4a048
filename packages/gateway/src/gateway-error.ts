import type { GatewayProblem } from './protocol.ts';

/** The gateway understood the request and said no; `code` is its own, such as INVALID_REQUEST or UNAVAILABLE. */
export class GatewayError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  /** How long the gateway asks to wait before the same request is worth another try. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: GatewayProblem) {
    super(problem.message);
    this.name = 'GatewayError';
    this.code = problem.code;
    this.details = problem.details ?? {};
    this.retryAfterMs = problem.retryable || problem.retryAfterMs ? (problem.retryAfterMs ?? 1_000) : undefined;
  }
}

/** How long the gateway asks to be left alone, if that is what it answered. */
export function retryAfterMs(error: unknown): number | undefined {
  return error instanceof GatewayError ? error.retryAfterMs : undefined;
}

/** The connection ended before an answer came; `closeCode` is WebSocket's, 1006 when nothing was said. */
export class GatewayClosed extends Error {
  readonly closeCode: number;

  constructor(closeCode: number, reason: string) {
    super(`The gateway closed the connection (${closeCode}${reason ? `, ${reason}` : ''})`);
    this.name = 'GatewayClosed';
    this.closeCode = closeCode;
  }
}

/** We ended the connection over what the gateway said on it; `closeCode` is what it was told. */
export class GatewayNonsense extends GatewayClosed {
  constructor(closeCode: 1002 | 1009, sentence: string) {
    super(closeCode, '');
    this.name = 'GatewayNonsense';
    this.message = `${sentence}, and the connection was ended`;
  }
}

/** No answer in time. What was asked may still happen. */
export class GatewayTimeout extends Error {
  constructor(method: string, timeoutMs: number) {
    super(`The gateway did not answer "${method}" within ${Math.round(timeoutMs / 1000)} s`);
    this.name = 'GatewayTimeout';
  }
}

/** Whether the gateway is on its way up or round, so that knocking again makes sense. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof GatewayError) return retryAfterMs(error) !== undefined;
  if (error instanceof GatewayClosed) return [1006, 1012, 1013].includes(error.closeCode);
  return (
    error instanceof Error &&
    /ECONNREFUSED|ECONNRESET|socket hang up|Unexpected server response: 503/.test(error.message)
  );
}
