/** Why a provider's address is not spoken to, or undefined when it may be: in the clear only on this very machine. */
export function whyNotProviderUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return 'Enter a URL such as https://login.example.com';
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return 'Leave name and password out of the URL';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined;
  return 'It must begin with https://; http:// is for a provider on this very machine alone';
}

/** A name that only looks like an address is none: `127.0.0.1.example.com`. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
