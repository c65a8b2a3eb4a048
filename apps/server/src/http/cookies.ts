export type CookieSettings = { name: string; secure: boolean };

/** On TLS the name's prefix makes browsers refuse any copy from another host or path; else the port keeps two installations on one machine apart. */
export function cookieSettings(publicUrl: string): CookieSettings {
  const url = new URL(publicUrl);
  const secure = url.protocol === 'https:';
  return { name: secure ? '__Host-clawster' : `clawster-session-${url.port || '80'}`, secure };
}

/** Of the cookie that knows a browser again which was sent to an identity provider. */
export function awayCookies({ name, secure }: CookieSettings): CookieSettings {
  return { name: `${name}-sso`, secure };
}

export function sessionCookie(settings: CookieSettings, token: string, expiresAt: Date): string {
  return `${settings.name}=${token}; Path=/; HttpOnly; SameSite=Lax; Expires=${expiresAt.toUTCString()}${settings.secure ? '; Secure' : ''}`;
}

export function clearCookie(settings: CookieSettings): string {
  return sessionCookie(settings, '', new Date(0));
}

/** The session token in a Cookie header, or undefined. */
export function tokenIn(header: string | undefined, { name }: CookieSettings): string | undefined {
  if (!header) return undefined;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}
