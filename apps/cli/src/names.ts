import { z } from 'zod';

/** Names with commas between. */
export const Names = z.string().transform((text) => text.split(',').map((name) => name.trim()));
