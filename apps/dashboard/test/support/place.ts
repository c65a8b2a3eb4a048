import type { Page } from 'playwright-core';

/** A page, and what is done on it first. */
export type Place = { path: string; many?: true; act?: (page: Page) => Promise<void> };

/** Presses the first button of this name. */
export const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
