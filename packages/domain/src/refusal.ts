import type { RefusalCode } from '@clawster/contract/problem';

export type Issue = { path: string; message: string };

/** Why something was not done, in a sentence that says what the caller can do; the doors turn it into a problem, a line or a form message. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** One entry for each field that was refused. */
  readonly issues: Issue[] | undefined;

  constructor(code: RefusalCode, sentence: string, options: { issues?: Issue[]; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.issues = options.issues;
  }

  /** One whose sentence is about one field, where a form shows it. */
  static at(path: string, code: RefusalCode, sentence: string): Refusal {
    return new Refusal(code, sentence, { issues: [{ path, message: sentence }] });
  }
}
