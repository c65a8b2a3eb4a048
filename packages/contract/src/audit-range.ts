// Apart from the schemas, for a page in a browser that checks nothing and should not load what does.

/** How far back a view of the audit trail looks from whenever it is opened, in hours. */
export const auditRangeHours = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
export type AuditRange = keyof typeof auditRangeHours;
