/** Why a supervisor is not let in; `code` closes its connection. */
export class LinkRefused extends Error {
  readonly code: number;
  constructor(code: number, reason: string) {
    super(reason);
    this.name = 'LinkRefused';
    this.code = code;
  }
}
