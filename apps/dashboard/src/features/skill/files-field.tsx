'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { readFiles } from './read-files.ts';
import { saySize, withFiles, type WrittenSkill } from './written-skill.ts';

type FilesFieldProps = { written: WrittenSkill; onChange: (written: WrittenSkill) => void };

/** Takes in a folder, or texts beside SKILL.md; what cannot be taken in is told before anything is sent. */
export function FilesField({ written, onChange }: FilesFieldProps) {
  const [leftOut, setLeftOut] = useState<string[]>([]);
  const take = async (chosen: File[]) => {
    const read = await readFiles(chosen);
    setLeftOut(read.leftOut);
    onChange(withFiles(written, read));
  };
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        <FileButton label="Folder of a skill" what="folder" onChoose={(files) => void take(files)}>
          Choose a folder…
        </FileButton>
        <FileButton
          label="Texts of a skill"
          what="files"
          accept=".md,.txt,.json,.csv,.yaml,.yml"
          onChoose={(files) => void take(files)}
        >
          Choose files…
        </FileButton>
      </div>
      {leftOut.map((sentence) => (
        <FormProblem key={sentence} message={sentence} />
      ))}
      <OtherFiles others={written.others} onChange={(others) => onChange({ ...written, others })} />
      <p className="text-xs text-muted">
        A folder with a SKILL.md takes the place of what is written. Texts only (md, txt, json, csv, yaml):{' '}
        {saySize(written)}.
      </p>
    </div>
  );
}

type OtherFilesProps = { others: Record<string, string>; onChange: (others: Record<string, string>) => void };

function OtherFiles({ others, onChange }: OtherFilesProps) {
  const paths = Object.keys(others).toSorted();
  if (paths.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md border border-line text-sm" aria-label="Files beside SKILL.md">
      {paths.map((path) => (
        <li key={path} className="flex items-center justify-between gap-2 px-3 py-1">
          <span className="min-w-0 break-words">
            <code className="font-mono text-xs">{path}</code>{' '}
            <span className="text-xs text-muted">{others[path]?.length.toLocaleString('en')} characters</span>
          </span>
          <IconButton
            label={`Leave out ${path}`}
            onClick={() => onChange(Object.fromEntries(Object.entries(others).filter(([other]) => other !== path)))}
          >
            <Trash2 />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
