import type { Finding } from '@clawster/contract/finding';
import type { Output } from './output.ts';

/** Findings, two lines each: what was found where, and what to do about it. */
export function openFindings(findings: Finding[], out: Output): string[] {
  return findings.map(
    (finding) =>
      `${out.colour(finding.severity === 'high' ? 'red' : 'yellow', finding.severity)}  ${finding.secretName} (version ${finding.version}, ${formText(finding)}) ${placeText(finding)}\n  ${finding.fix}.`,
  );
}

/** How the value was written. */
export function formText({ form, packed }: Pick<Finding, 'form' | 'packed'>): string {
  return packed ? `${form} in gzip` : form;
}

/** Where it was found: `on Ada in logs/gateway.log, line 12`. */
export function placeText({ place }: Pick<Finding, 'place'>): string {
  const { kind, botName, host, name, line, row } = place;
  const where = { bot: `on ${botName}`, server: `on the server ${host}`, database: 'in the database' }[kind];
  return `${where} in ${name}${line === undefined ? '' : `, line ${line}`}${row ? `, row ${row}` : ''}`;
}
