import type { Skill, SkillFinding } from '@clawster/contract/skill';
import { Info, ShieldCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/page.tsx';
import { type Spot, sayPlace } from './skill-texts.tsx';

type FindingsCardProps = { skill: Skill; onShow: (spot: Spot) => void };

/** What the scan found, each with the line where it stands, and what follows from it. */
export function FindingsCard({ skill: { findings, status, approvedBy }, onShow }: FindingsCardProps) {
  return (
    <Card title="What the scan found" flush>
      {status === 'held' ? (
        <p className="flex gap-2 bg-warn-soft px-4 py-2.5 text-sm text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          Held back: no bot gets this version until someone who has read it approves it.
        </p>
      ) : null}
      {approvedBy ? (
        <p className="px-4 py-2.5 text-sm text-muted">
          Approved by {approvedBy}: bots may have it. Why is in{' '}
          <Link href={paths.auditOf('skill')} className="text-accent underline underline-offset-2">
            the audit log
          </Link>
          .
        </p>
      ) : null}
      {findings.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-sm text-muted">
          <ShieldCheck aria-hidden className="size-4 text-ok" />
          Nothing that someone has to look at.
        </p>
      ) : (
        <ul className="divide-y divide-line text-sm" aria-label="Findings">
          {findings.map((finding, at) => (
            <FindingRow key={at} finding={finding} onShow={onShow} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function FindingRow({ finding, onShow }: { finding: SkillFinding; onShow: (spot: Spot) => void }) {
  const { severity, message } = finding;
  const isDanger = severity === 'danger';
  const Icon = isDanger ? TriangleAlert : Info;
  return (
    <li className="flex gap-2 px-4 py-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${isDanger ? 'text-bad' : 'text-muted'}`} />
      <span className="min-w-0 break-words">
        <span className={isDanger ? 'text-bad' : 'text-muted'}>{isDanger ? 'Danger' : 'To know'}:</span> {message}.{' '}
        <button
          type="button"
          className="text-accent underline underline-offset-2"
          onClick={() => onShow({ file: finding.file, line: finding.line })}
        >
          {sayPlace(finding)}
        </button>
      </span>
    </li>
  );
}
