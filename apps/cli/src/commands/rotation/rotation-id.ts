import { z } from 'zod';

/** A rotation has no name. */
export const RotationId = z.uuid('Name a rotation by its id from: clawster rotation list');
