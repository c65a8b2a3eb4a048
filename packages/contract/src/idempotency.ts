/** The request header by which a caller names one thing it wants done, so that asking again does it once. */
export const idempotencyHeader = 'idempotency-key';
/** So long, at least, a key is remembered. */
export const idempotencyHours = 24;
/** What a key may look like; a browser loads this file, so it has no schema. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{1,200}$/;
