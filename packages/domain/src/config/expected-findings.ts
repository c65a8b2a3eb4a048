import type { DoctorReport, Finding } from '@clawster/contract/doctor';

/** What OpenClaw's doctor advises against and the baseline wants. A finding is known by its check and its path. */
export const expectedFindings: { checkId: string; path: string; why: string }[] = [
  {
    checkId: 'core/doctor/node-hosting-preconditions',
    path: 'gateway.bind',
    why: 'A bot listens on loopback alone: its supervisor is the only way in',
  },
  {
    checkId: 'core/doctor/node-hosting-preconditions',
    path: 'plugins.entries.device-pair.enabled',
    why: 'Nothing is paired with a bot: people and devices reach it through Clawster',
  },
];

/** The findings with those marked that the baseline wants so. */
export function markExpected(findings: Finding[]): Finding[] {
  return findings.map((finding) => {
    const known = expectedFindings.find(({ checkId, path }) => checkId === finding.checkId && path === finding.path);
    return known ? { ...finding, expected: true, why: known.why } : finding;
  });
}

/** A doctor's report as it concerns this bot: what is meant to be so is no reason to worry. */
export function judged(report: DoctorReport): DoctorReport {
  const findings = markExpected(report.findings);
  const isAllExpected = findings.length > 0 && findings.every(({ expected }) => expected);
  return { ...report, findings, ok: report.ok || isAllExpected };
}
