import { SecretName } from '@clawster/contract/secret';
import { z } from 'zod';

/** What is said of a secret beside its value, as a form has it: empty where nothing is said. */
export const termsShape = {
  name: SecretName,
  note: z.string().trim().max(300, 'A note is at most 300 characters long'),
  expires: z.string(),
  rotateDays: z.string().regex(/^([1-9]\d{0,3})?$/, 'Say a number of days, or leave it empty'),
};

/** A day as a moment: when it begins where its reader is. */
export function momentOf(day: string): string | undefined {
  return day === '' ? undefined : new Date(`${day}T00:00:00`).toISOString();
}

/** The day of a moment, as the field of the browser has it. */
export function dayOf(at: string | undefined): string {
  // Swedish writes 2027-01-31.
  return at ? new Date(at).toLocaleDateString('sv') : '';
}

/** A number of days; undefined where none is said. */
export function daysOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}
