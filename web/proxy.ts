import { type NextRequest, NextResponse } from 'next/server'
import { allowedHosts, isShared, refusal, shareHost, withoutPort } from './server/hosts.ts'

const allowed = allowedHosts(process.env.TESTSTRIP_HOSTS)
const sharing = shareHost(process.env.TESTSTRIP_SHARE_URL)

/** Pages of ours that others may show inside theirs, and the viewer, which runs apart from everything of ours. */
const framed = /^\/s\/[^/]+\/(embed|viewer)$/
const viewer = /^\/s\/[^/]+\/viewer$/

/** Before every request: is it meant for this server at all, and what may the page it gets do. */
export function proxy(request: NextRequest) {
  const host = request.headers.get('host')
  const { pathname: path } = request.nextUrl
  if (sharing !== null && host !== null && withoutPort(host) === sharing && !allowed.includes(sharing)) {
    if (!isShared({ method: request.method, path }))
      return Response.json(
        { error: { code: 'not_found', message: 'There is nothing here.' } },
        { status: 404 },
      )
  } else {
    const reason = refusal({ host, origin: request.headers.get('origin'), allowed })
    if (reason) return Response.json({ error: { code: 'forbidden', message: reason } }, { status: 403 })
  }

  const nonce = btoa(crypto.randomUUID())
  const policy = viewer.test(path) ? viewerPolicy : contentSecurityPolicy(nonce, framed.test(path))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  if (!framed.test(path)) response.headers.set('x-frame-options', 'DENY')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  // What is shared may be shown on other sites, as a picture or in a frame.
  response.headers.set(
    'cross-origin-resource-policy',
    path.startsWith('/s/') ? 'cross-origin' : 'same-origin',
  )

  return response
}

/**
 * The viewer of a shared study is a page that a study has been printed to, script and all. In a sandbox it has an
 * origin of its own: it can show itself and save its study file, and nothing else.
 */
const viewerPolicy = [
  'sandbox allow-scripts allow-downloads',
  `default-src 'none'`,
  `script-src 'unsafe-inline'`,
  `style-src 'unsafe-inline'`,
  'img-src blob: data:',
  'font-src data:',
  'frame-ancestors *',
].join('; ')

/**
 * Scripts only from here and only with this request's nonce, which Next puts on its own inline ones. Inline style
 * *attributes* are allowed, because positions and sizes of cells are data; inline style sheets are not.
 */
function contentSecurityPolicy(nonce: string, isFramed: boolean): string {
  const development = process.env.NODE_ENV === 'development'

  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    isFramed ? 'frame-ancestors *' : `frame-ancestors 'none'`,
    `frame-src 'self'`,
  ].join('; ')
}
