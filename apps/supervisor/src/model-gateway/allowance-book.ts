import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openNotes } from './notes.ts';

/** What this bot may spend of a shared budget in a period, and has; each in all. */
const Page = z.object({
  startsOn: z.string(),
  /** In the control plane's time. */
  endsAt: z.string(),
  allowedUsd: z.number(),
  spentUsd: z.number(),
});
export type Page = z.infer<typeof Page>;

const Book = z.object({ book: z.string(), pages: z.record(z.string(), Page) });

/** The bot's own record of its allowances, by budget; as it was written down last, so that a restart forgets nothing. */
export type AllowanceBook = {
  /** By this the control plane knows it again. */
  name: string;
  page(budgetId: string): Page | undefined;
  write(budgetId: string, page: Page): void;
  budgetIds(): string[];
};

/** Opens the book that lies there, or begins another. */
export function openAllowanceBook(file: string | undefined): AllowanceBook {
  const notes = openNotes(file, Book);
  const { book, pages } = notes.read() ?? { book: randomUUID(), pages: {} };
  return {
    name: book,
    page: (budgetId) => pages[budgetId],
    write(budgetId, page) {
      pages[budgetId] = page;
      notes.write({ book, pages });
    },
    budgetIds: () => Object.keys(pages),
  };
}
