/** Whether a bot is kept to its list where no time says when its target was told it. */
export function sayNotKept({ closed }: { closed?: true | undefined }): string {
  return closed
    ? 'Its target lets it reach Clawster and nothing else: other models and channels cannot be used there yet. These are the hosts it would be kept to elsewhere.'
    : 'Its target confines no bot: it can connect to anything. These are the hosts it would be kept to elsewhere.';
}
