import { type NextRequest, NextResponse } from 'next/server'
import { allowedHosts, refusal } from './server/hosts.ts'

const allowed = allowedHosts(process.env.TESTSTRIP_HOSTS)

/** Before every request: is it meant for this server at all, and what may the page it gets do. */
export function proxy(request: NextRequest) {
  const reason = refusal({
    host: request.headers.get('host'),
    origin: request.headers.get('origin'),
    allowed,
  })
  if (reason) return Response.json({ error: { code: 'forbidden', message: reason } }, { status: 403 })

  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('cross-origin-resource-policy', 'same-origin')

  return response
}

/**
 * Scripts only from here and only with this request's nonce, which Next puts on its own inline ones. Inline style
 * *attributes* are allowed, because positions and sizes of cells are data; inline style sheets are not.
 */
function contentSecurityPolicy(nonce: string): string {
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
    `frame-ancestors 'none'`,
  ].join('; ')
}
