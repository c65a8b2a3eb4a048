/** The host whose passkeys a browser offers at this origin. */
export function passkeyHost(origin: string): string {
  return new URL(origin).hostname;
}

/** Why browsers neither make nor use passkeys at this origin, and where they do; undefined when they do here. */
export function whyNoPasskeysAt(origin: string): string | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const local = `http://localhost${port ? `:${port}` : ''}`;
  if (isLoopback(hostname)) return `Passkeys work at no IP address: open Clawster at ${local} instead`;
  if (isAddress(hostname)) return 'Passkeys work at no IP address: give Clawster a name, with HTTPS, and open it there';
  if (protocol === 'https:' || isLocalName(hostname)) return undefined;
  return `Passkeys need HTTPS: open Clawster with it, or on its own machine at ${local}`;
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** As a URL writes them, which has made all forms of an IPv4 address one. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}
