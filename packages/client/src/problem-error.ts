import { Problem, type RefusalCode } from '@clawster/contract/problem';

/** A request the server refused or could not carry out; `message` is the sentence for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get code(): RefusalCode {
    return this.problem.code;
  }
  get detail(): string {
    return this.problem.detail;
  }
  get status(): number {
    return this.problem.status;
  }
  get requestId(): string | undefined {
    return this.problem.requestId;
  }
  /** What was refused field by field; empty when it was the request as a whole. */
  get issues(): { path: string; message: string }[] {
    return this.problem.issues ?? [];
  }
}

/** The problem in a JSON text, or undefined when the text is none: another program may have answered. */
export function parseProblem(text: string): Problem | undefined {
  try {
    return Problem.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
