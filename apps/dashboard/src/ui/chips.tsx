/** Short words beside each other, such as what a bot can do. */
export function Chips({ words, none }: { words: readonly string[]; none: string }) {
  if (words.length === 0) return <span className="text-sm text-muted">{none}</span>;
  return (
    <ul className="flex flex-wrap gap-1">
      {words.map((word) => (
        <li key={word} className="rounded-full bg-hover px-2 text-xs leading-5 break-all text-muted">
          {word}
        </li>
      ))}
    </ul>
  );
}
