/** The error words of RFC 7644, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

/** Why a directory's request was not carried out, in a sentence and in the protocol's own words. */
export class ScimRefusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 412 | 413;
  readonly scimType: ScimType | undefined;

  constructor(status: ScimRefusal['status'], sentence: string, options: { scimType?: ScimType; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ScimRefusal';
    this.status = status;
    this.scimType = options.scimType;
  }
}

/** A request that is wrong in itself. */
export function wrong(scimType: ScimType, sentence: string): ScimRefusal {
  return new ScimRefusal(400, sentence, { scimType });
}
