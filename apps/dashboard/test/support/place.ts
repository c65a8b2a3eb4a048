import type { Page } from 'playwright-core';
import type { World } from './world.ts';

/** A page to be looked at, and what is done on it first. */
export type Place = {
  path: string;
  many?: true;
  /** What happened before someone looks. */
  before?: (world: World) => void;
  act?: (page: Page) => Promise<void>;
};

/** Presses the first button of that name. */
export const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
/** Chooses an item of a menu. */
export const choose =
  (name: RegExp, menu = 'More') =>
  async (page: Page) => {
    await press(menu)(page);
    await page.getByRole('menuitem', { name }).click();
  };
/** Of the bots that are listed. */
export const selectAll = (page: Page) => page.getByLabel('Select all that are loaded').check();
