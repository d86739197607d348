const loopback = ['localhost', '127.0.0.1', '[::1]']

/** `example.org:8080` → `example.org`; `[::1]:3000` → `[::1]`. */
export const withoutPort = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/** Host names from `TESTSTRIP_HOSTS` (comma or space separated), beside the loopback ones. */
export const allowedHosts = (extra: string | undefined): readonly string[] => [
  ...loopback,
  ...(extra ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(withoutPort),
]

/**
 * Why a request must be refused, or null. A page on another site can reach a server on this machine through the
 * reader's browser (DNS rebinding shows as a foreign Host, cross-site requests as a foreign Origin), so both
 * headers have to name this server.
 */
export function refusal(options: {
  host: string | null
  origin: string | null
  allowed: readonly string[]
}): string | null {
  const { host, origin, allowed } = options
  if (!host || !allowed.includes(withoutPort(host)))
    return `This Teststrip answers only to ${loopback.join(', ')}, not to host "${host ?? ''}"; add the name to TESTSTRIP_HOSTS to allow it.`

  if (origin === null || isOwn(origin, host) || allowed.slice(loopback.length).includes(hostOf(origin)))
    return null

  return `Requests from "${origin}" are refused, because that is another site; add its host to TESTSTRIP_HOSTS to allow it.`
}

/** The one host at which others reach shared sheets, out of TESTSTRIP_SHARE_URL. */
export const shareHost = (url: string | undefined): string | null =>
  url && URL.canParse(url) ? new URL(url).hostname.toLowerCase() : null

/**
 * May a request be answered that came to the host of shared sheets? Only for what a shared sheet is made of, and only
 * to look at: nothing else of the dashboard is there under that name.
 */
export const isShared = ({ method, path }: { method: string; path: string }): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  /^\/(s\/[^/]+(\/[a-z.]+)?|_next\/static\/.*|icon\.svg)$/.test(path)

/** A page of this very server: on loopback another port is another program, whose pages have no business here. */
function isOwn(origin: string, host: string): boolean {
  const [own, other] = [portOf(`http://${host}`), portOf(origin)]

  return (
    loopback.includes(hostOf(origin)) && loopback.includes(withoutPort(host)) && own !== null && own === other
  )
}

function portOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).port || '80' : null
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname.toLowerCase() : ''
}
