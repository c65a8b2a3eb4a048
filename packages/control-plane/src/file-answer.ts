/** A file as an answer: made and sent part by part, so that no length of it is too long. */
export type FileAnswer = {
  /** What it is saved as. */
  name: string;
  contentType: string;
  parts: AsyncIterable<string>;
};
