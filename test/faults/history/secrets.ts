import { formsOf } from '../../support/canaries.ts';

/** R10: no secret in what was written or told. `texts` by where they were found. */
export function leakedSecrets(texts: ReadonlyMap<string, string>, secrets: string[]): string[] {
  return [...texts].flatMap(([place, text]) =>
    secrets.flatMap((secret, index) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`secret ${index + 1} lies in ${place}`] : [],
    ),
  );
}
