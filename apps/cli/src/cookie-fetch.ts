/** A fetch that keeps the cookies it is given, as long as it lives: a session for one command. */
export function cookieFetch(fetch: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  const cookies = new Map<string, string>();
  return async (url, request) => {
    const headers = new Headers(request?.headers);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...request, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
}
