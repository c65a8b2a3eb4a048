import type { Finding } from '@clawster/contract/doctor';
import type { Output } from './output.ts';

/** Findings, one or two lines each: first what needs a look, then what is meant to be so. */
export function findingLines(findings: Finding[], out: Output): string[] {
  const open = findings.filter(({ expected }) => !expected);
  const expected = findings.filter((finding) => finding.expected);
  return [
    ...open.map(
      ({ severity, message, path, fixHint }) =>
        `  ${severity}: ${message}${path ? ` (${path})` : ''}${fixHint ? `\n    ${fixHint}` : ''}`,
    ),
    ...(expected.length > 0 ? [out.colour('dim', 'As it is meant to be')] : []),
    ...expected.map(({ message, why }) => `  ${message}\n    ${why ?? ''}`),
  ];
}

/** How many findings need a look, in words. */
export function countOpen(findings: Finding[]): string {
  const open = findings.filter(({ expected }) => !expected).length;
  if (open === 0) return 'no findings';
  return open === 1 ? 'one finding' : `${open} findings`;
}
