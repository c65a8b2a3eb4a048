/** An address as it is written, `host:port`, in its parts; the port is undefined where none is written. */
export function hostAndPort(address: string): { host: string; port: number | undefined } {
  const [, host = address, port] = /^(.+):(\d+)$/.exec(address) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? undefined : Number(port) };
}
