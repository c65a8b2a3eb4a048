import { z } from 'zod';

/** An image's name becomes part of addresses of the engine's API: this one names an image, and nothing beside. */
export const ImageName = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9][\w./:@-]*$/, 'An image is named by letters, digits and ._-/:@ alone')
  .refine((name) => name.split('/').every((part) => !['', '.', '..'].includes(part)), 'This names no image');
