import { FolderOpen, Upload } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';

type FileButtonProps = {
  /** What is chosen, for whoever does not see the button. */
  label: string;
  /** The kinds that are offered. */
  accept?: string;
  /** One file, several, or all of a folder. */
  what?: 'file' | 'files' | 'folder';
  whyNot?: string | undefined;
  onChoose: (files: File[]) => void;
  children: ReactNode;
};

/** Asks for files of this machine; the same can be chosen again. */
export function FileButton({ label, accept, what = 'file', whyNot, onChoose, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const isFolder = what === 'folder';
  return (
    <>
      <Button icon={isFolder ? <FolderOpen /> : <Upload />} whyNot={whyNot} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={what !== 'file'}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        aria-label={label}
        className="sr-only"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
