import { Refusal } from '@clawster/domain/refusal';
import type { z } from 'zod';

/** What a model wrote, as the contract has it; refuses what is not so in words that the model can mend it by. */
export function agreed<T extends z.ZodType>(schema: T, written: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('invalid', `${[what, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not as described'}`);
}
