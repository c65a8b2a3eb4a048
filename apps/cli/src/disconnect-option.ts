import { Disconnect } from '@clawster/contract/disconnect';
import { z } from 'zod';

/** `keep`, or a number of minutes. */
export const DisconnectOption = z
  .string()
  .transform((text) => (text === 'keep' ? text : Number(text)))
  .pipe(Disconnect);
