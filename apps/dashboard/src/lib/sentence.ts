/** What went wrong, in a sentence for people; ours say what to do already. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'Something went wrong. Try again.';
}
