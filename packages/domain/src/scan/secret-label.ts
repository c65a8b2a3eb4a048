/** What people call a secret that is not kept under a name; `owner` is the name of what it is of, where it has one. */
export function secretLabel(ownerKind: string, owner?: string): string {
  switch (ownerKind) {
    case 'bot':
      return `Gateway token of ${owner ?? 'a bot that is gone'}`;
    case 'identity-provider':
      return 'Client secret of single sign-on';
    case 'mail-server':
      return 'Password of the mail server';
    case 'invitation':
      return 'Link of an invitation';
    default:
      return 'Secret of Clawster';
  }
}
