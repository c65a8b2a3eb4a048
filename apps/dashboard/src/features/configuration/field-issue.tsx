/** What is wrong with a field that is more than one control. */
export function FieldIssue({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className="text-sm text-bad">
      {message}
    </p>
  );
}
