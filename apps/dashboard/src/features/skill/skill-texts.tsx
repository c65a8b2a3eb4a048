'use client';

import type { SkillDetail, SkillFinding } from '@clawster/contract/skill';
import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { Select } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { visibleLetters } from './visible-letters.ts';

/** A place in the texts of a skill. */
export type Spot = { file: string; line?: number | undefined };

/** "SKILL.md, line 4". */
export function sayPlace({ file, line }: Spot): string {
  return line === undefined ? file : `${file}, line ${line}`;
}

type SkillTextsProps = { skill: SkillDetail; spot: Spot; onSpot: (spot: Spot) => void };

/** The texts as bots read them, one at a time: never as a page, for whoever approves a skill must see each letter. */
export function SkillTexts({ skill: { files, findings }, spot, onSpot }: SkillTextsProps) {
  const names = Object.keys(files).toSorted((one, other) => Number(other === 'SKILL.md') - Number(one === 'SKILL.md'));
  const chooser =
    names.length > 1 ? (
      <Select
        aria-label="File that is shown"
        className="w-auto! max-w-full min-w-0"
        value={spot.file}
        onChange={(event) => onSpot({ file: event.target.value })}
      >
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    ) : undefined;
  return (
    <Card title={names.length > 1 ? 'Texts' : spot.file} actions={chooser} flush>
      <Lines
        key={spot.file}
        spot={spot}
        text={files[spot.file] ?? ''}
        findings={findings.filter(({ file }) => file === spot.file)}
      />
    </Card>
  );
}

type LinesProps = { spot: Spot; text: string; findings: SkillFinding[] };

function Lines({ spot, text, findings }: LinesProps) {
  const wanted = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (spot.line === undefined) return;
    wanted.current?.scrollIntoView({ block: 'center' });
    wanted.current?.focus();
  }, [spot]);
  return (
    <ol
      tabIndex={0}
      aria-label={spot.file}
      className="max-h-[32rem] overflow-auto rounded-b-lg bg-ground py-2 font-mono text-xs leading-5"
    >
      {text.split('\n').map((line, at) => {
        const found = findings.filter((one) => one.line === at + 1);
        const isWanted = spot.line === at + 1;
        return (
          <li
            key={at}
            ref={isWanted ? wanted : undefined}
            tabIndex={isWanted ? -1 : undefined}
            className={clsx('flex gap-3 px-3', lookOf(found))}
          >
            <span aria-hidden className="w-8 shrink-0 text-right text-faint select-none">
              {at + 1}
            </span>
            <span className="min-w-0 break-words whitespace-pre-wrap">
              {visibleLetters(line) || ' '}
              {found.length > 0 ? (
                <span className="sr-only"> ({found.map(({ message }) => message).join('; ')})</span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function lookOf(found: readonly SkillFinding[]): string | undefined {
  if (found.length === 0) return undefined;
  return found.some(({ severity }) => severity === 'danger') ? 'bg-bad-soft' : 'bg-hover';
}
