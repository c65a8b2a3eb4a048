/** Beside the name of what nobody here has made. */
export function BuiltInMark() {
  return <span className="rounded-full bg-hover px-2 text-xs text-muted">comes with Clawster</span>;
}
