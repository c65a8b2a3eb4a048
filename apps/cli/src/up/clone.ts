import { join, resolve } from 'node:path';

/** The folder of the clone this CLI runs from. */
export const cloneFolder = resolve(import.meta.dirname, '../../../..');
/** What the launcher brought and what was built from which sources; never committed. */
export const toolsFolder = join(cloneFolder, '.tools');
