import { shortDigest } from './catalogue.ts';

/** The short form of a digest, with the whole of it on hover. */
export function Digest({ digest }: { digest: string }) {
  return (
    <code className="font-mono text-xs" title={digest}>
      {shortDigest(digest)}
    </code>
  );
}
