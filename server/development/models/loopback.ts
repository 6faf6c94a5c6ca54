// Whether an address stays on this machine.

/** Whether the URL's host is loopback by its literal form; a name that merely resolves to loopback does not count. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
