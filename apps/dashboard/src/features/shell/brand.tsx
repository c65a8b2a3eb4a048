export function Brand({ className = 'size-5' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={`shrink-0 text-accent ${className}`} aria-hidden>
      <path
        d="M4 20C3 12 6 5 12 3c-2 4-2.5 7-1.5 10M20 20c1-8-2-15-8-17M8.5 20.5c-.6-5 .6-8.5 3.5-11M15.5 20.5c.6-5-.6-8.500-3.500-11"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
