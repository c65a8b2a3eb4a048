import { sentenceOf } from './sentence.ts';

/** Tells in passing; the library is fetched with the first word. */
export async function tell(message: string, action?: { label: string; onClick: () => void }): Promise<void> {
  const { toast } = await import('sonner');
  toast(message, action ? { action } : undefined);
}

/** Tells what went wrong and stays longer, for it must be read. */
export async function tellTrouble(error: unknown): Promise<void> {
  const { toast } = await import('sonner');
  toast.error(sentenceOf(error), { duration: 10_000 });
}
