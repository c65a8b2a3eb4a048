import type { RefusalCode } from '@clawster/contract/problem';

export class Refused extends Error {
  readonly code: RefusalCode;
  readonly issues: { path: string; message: string }[] | undefined;
  constructor(code: RefusalCode, sentence: string, issues?: { path: string; message: string }[]) {
    super(sentence);
    this.code = code;
    this.issues = issues;
  }
}
