import { Select } from './field.tsx';

type WordSelectProps = {
  label: string;
  /** What it says while nothing is chosen. */
  all: string;
  words: Readonly<Record<string, string>>;
  value: string;
  onChange: (value: string) => void;
};

/** One of some words, or none of them, to narrow a list. */
export function WordSelect({ label, all, words, value, onChange }: WordSelectProps) {
  return (
    <Select aria-label={label} className="w-auto!" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{all}</option>
      {Object.entries(words).map(([name, word]) => (
        <option key={name} value={name}>
          {word}
        </option>
      ))}
    </Select>
  );
}
