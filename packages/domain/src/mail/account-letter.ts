import { type Letter, letterOf, oneLine } from './letter.ts';

/** What there is to tell someone about their account; an address is where somebody asked from, as the server saw it. */
export type AccountNews =
  | { kind: 'reset'; link: string; minutes: number; address: string }
  | { kind: 'no-passphrase'; address: string }
  | { kind: 'not-by-mail'; email: string; address: string }
  | { kind: 'password-changed'; address: string };

const subjects: Record<AccountNews['kind'], string> = {
  reset: 'Choose a new passphrase for Clawster',
  'no-passphrase': 'How you sign in to Clawster',
  'not-by-mail': 'Your passphrase for Clawster',
  'password-changed': 'Your passphrase for Clawster was changed',
};

/** The mail that tells someone of their account. Their name is their own words. */
export function accountLetter(name: string, news: AccountNews): Letter {
  const links = news.kind === 'reset' ? [news.link] : [];
  return letterOf(subjects[news.kind], [`Hello ${oneLine(name)},`, ...paragraphsOf(news)], links);
}

function paragraphsOf(news: AccountNews): string[] {
  if (news.kind === 'password-changed')
    return [
      `the passphrase of your account was changed, from ${news.address}. All other sessions of yours were closed.`,
      'If that was not you, tell an owner of your workspace at once, and ask for a new passphrase at the sign-in page.',
    ];
  const asked = `somebody, at ${news.address}, asked for a new passphrase for your account.`;
  const notYou = 'If that was not you, leave it: nothing was changed.';
  if (news.kind === 'reset')
    return [
      asked,
      `Open this link to choose one. It is good once, for ${news.minutes} minutes, and until you sign in:`,
      news.link,
      notYou,
    ];
  if (news.kind === 'no-passphrase')
    return [
      asked,
      "Your account has none: you sign in at your organisation's identity provider. Choose it on the sign-in page; whoever runs it helps you there.",
      notYou,
    ];
  return [
    asked,
    'A link is not sent to this account by mail, since this mail server may not open all that your account can do. Ask an owner of your workspace, or whoever runs the server, who makes a link there:',
    `clawster installation reset-link ${oneLine(news.email)}`,
    notYou,
  ];
}
