'use client';

import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';

/** Markdown a bot wrote, who may be wrong or worse: no HTML, no picture from elsewhere, links leave without a trace. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="prose break-words">
      <ReactMarkdown components={components}>{text}</ReactMarkdown>
    </div>
  );
});

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  ),
  // A picture's address can carry out what was read in the conversation; it is named, not fetched.
  img: ({ alt, src }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
      [picture: {alt || 'without a name'}]
    </a>
  ),
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
};
