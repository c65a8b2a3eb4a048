import { randomBytes } from 'node:crypto';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');
const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('');

/** Secrets as services issue them and people make them up, each new: found anywhere, one of them leaked. By what they are. */
export function plantCanaries(): Map<string, string> {
  const pem = (what: string) =>
    `-----BEGIN ${what}-----\n${randomBytes(180).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${what}-----`;
  return new Map([
    ['an OpenAI key', `sk-proj-${random(36)}`],
    ['an OpenAI key that takes its place', `sk-proj-${random(36)}`],
    ['an Anthropic key', `sk-ant-api03-${random(60)}`],
    ['a Google key', `AIza${random(26)}`],
    ['an OpenRouter key', `sk-or-v1-${hex(32)}`],
    ['a Slack bot token', `xoxb-${digits(12)}-${digits(13)}-${random(18)}`],
    ['a Slack app token', `xapp-1-A${digits(10)}-${digits(13)}-${hex(32)}`],
    ['a Slack signing secret', hex(16)],
    ['a Discord token', `MTk4${random(17)}.${random(4)}.${random(28)}`],
    ['an AWS secret key', randomBytes(30).toString('base64')],
    ['an AWS session token', randomBytes(240).toString('base64')],
    ['a Google service account', JSON.stringify({ type: 'service_account', private_key: pem('PRIVATE KEY') }, null, 2)],
    ['an Azure client secret', `${random(5)}~${random(24)}`],
    ['a GitHub token', `ghp_${random(27)}`],
    ['a fine-grained GitHub token', `github_pat_${random(60)}`],
    ['a GitLab token', `glpat-${random(15)}`],
    ['a Stripe key', `sk_live_${random(36)}`],
    ['a Twilio token', hex(16)],
    ['a SendGrid key', `SG.${random(16)}.${random(32)}`],
    ['an npm token', `npm_${random(27)}`],
    ['a JSON web token', `eyJhbGciOiJIUzI1NiJ9.${random(60)}.${random(32)}`],
    ['an RSA key', pem('RSA PRIVATE KEY')],
    ['an SSH key', pem('OPENSSH PRIVATE KEY')],
    ['a database address', `postgres://clawster:${random(18)}@db.example.com:5432/app?sslmode=require`],
    ['a webhook address', `https://hooks.slack.com/services/T${random(8)}/B${random(8)}/${random(18)}`],
    ['a hex key', hex(32)],
    ['a hex key in capitals', hex(32).toUpperCase()],
    ['a base64 key with padding', randomBytes(31).toString('base64')],
    ['a passphrase of words', `correct horse ${random(6)} battery ${random(6)} staple`],
    ['one with marks', `p"a's\\s<${random(8)}>&%20;$\{${random(4)}}|\`${random(8)}\``],
    ['one with umlauts and a fox', `Füchse 🦊 fäßen ${random(12)} größer`],
    ['one in other letters', `пароль-${random(12)}-密码`],
    ['one with a percent sign', `100%25${random(18)}%`],
    ['one that looks like a script', `<script>${random(18)}</script>`],
    ['one that looks like SQL', `'; drop table secret; -- ${random(18)}`],
    ['one of several lines', `first ${random(12)}\nsecond ${random(12)}\n\tthird ${random(12)}`],
    ['a long one', random(2_900)],
    ['a short one', random(12)],
    ['a license key', Array.from({ length: 5 }, () => hex(3).toUpperCase()).join('-')],
    ['a mail password', `${random(9)} ${random(9)}`],
  ]);
}

/** The texts by which a secret is known wherever it lies, whatever stands beside it. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The edges depend on what stands beside it.
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  const texts = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(texts)];
}

/** Looks through bytes for many secrets in one pass: by their first four bytes, and then by all. */
export function canaryFinder(canaries: ReadonlyMap<string, string>): (bytes: Buffer) => string[] {
  const byBeginning = new Map<number, { what: string; form: Buffer }[]>();
  const seen = new Uint8Array(1 << 24);
  for (const [what, secret] of canaries)
    for (const form of formsOf(secret).map((text) => Buffer.from(text))) {
      const beginning = form.readUInt32BE(0);
      byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), { what, form }]);
      seen[beginning >>> 8] = 1;
    }
  return (bytes) => {
    const found = new Set<string>();
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (seen[((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)] === 0)
        continue;
      for (const { what, form } of byBeginning.get(bytes.readUInt32BE(at)) ?? [])
        if (bytes.subarray(at, at + form.length).equals(form)) found.add(what);
    }
    return [...found];
  };
}
