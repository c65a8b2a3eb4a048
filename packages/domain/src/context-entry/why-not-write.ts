/** What a team knows by now. */
export type ContextSize = { entries: number; bytes: number };
/** What is about to be written, and how many bytes it takes the place of; `isNew`: where there is nothing yet. */
export type Writing = { bytes: number; bytesBefore: number; isNew: boolean };

/** A team that knows more than this knows nothing: a model reads some of it, and people look through it. */
export const entriesMax = 1_000;
export const bytesMax = 5_000_000;

/** Why a team can know no more, or undefined when it can. */
export function whyNotWrite(size: ContextSize, { bytes, bytesBefore, isNew }: Writing): string | undefined {
  if (isNew && size.entries >= entriesMax)
    return `The team knows ${entriesMax} things already, which is as many as it can: delete what nobody needs`;
  if (bytes > bytesBefore && size.bytes - bytesBefore + bytes > bytesMax)
    return `The team knows ${(bytesMax / 1e6).toFixed(0)} MB already, which is as much as it can: shorten or delete what nobody needs`;
  return undefined;
}
