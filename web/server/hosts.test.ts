import { describe, expect, test } from 'vitest'
import { allowedHosts, isShared, refusal, shareHost } from './hosts.ts'

const allowed = allowedHosts(undefined)

describe('refusal', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:80'])(
    'lets %s in',
    (host) => {
      expect(refusal({ host, origin: null, allowed })).toBeNull()
    },
  )

  test.each([null, '', 'evil.example', 'localhost.evil.example', 'evil.example:3000', '127.0.0.1.nip.io'])(
    'refuses host %s',
    (host) => {
      expect(refusal({ host, origin: null, allowed })).toMatch(/answers only to localhost/)
    },
  )

  test('refuses a page of another site, whatever host it aims at', () => {
    const host = '127.0.0.1:3000'
    expect(refusal({ host, origin: 'https://evil.example', allowed })).toMatch(/another site/)
    expect(refusal({ host, origin: 'null', allowed })).toMatch(/another site/)
    expect(refusal({ host, origin: 'http://127.0.0.1:3000', allowed })).toBeNull()
    expect(refusal({ host, origin: 'http://[::1]:3000', allowed })).toBeNull()
    expect(refusal({ host, origin: 'http://127.0.0.1:3001', allowed })).toMatch(/another site/)
  })

  test('lets hosts of TESTSTRIP_HOSTS in, with or without a port', () => {
    const studio = allowedHosts('studio.local:8080, strips.example')
    expect(refusal({ host: 'studio.local', origin: null, allowed: studio })).toBeNull()
    expect(
      refusal({ host: 'strips.example:443', origin: 'https://strips.example', allowed: studio }),
    ).toBeNull()
    expect(refusal({ host: 'other.example', origin: null, allowed: studio })).not.toBeNull()
  })
})

describe('the host of shared sheets', () => {
  test('is the one of TESTSTRIP_SHARE_URL', () => {
    expect(shareHost('https://Charts.example:8443/')).toBe('charts.example')
    expect(shareHost(undefined)).toBeNull()
    expect(shareHost('charts.example')).toBeNull()
  })

  test.each(['/s/token', '/s/token/sheet.png', '/s/token/embed', '/s/token/viewer', '/_next/static/a.js'])(
    'shows %s',
    (path) => {
      expect(isShared({ method: 'GET', path })).toBe(true)
      expect(isShared({ method: 'POST', path })).toBe(false)
    },
  )

  test.each(['/', '/studies/1', '/api/studies', '/api/health', '/blobs/ab', '/s/', '/s/a/b/c', '/s', '/new'])(
    'has nothing at %s',
    (path) => {
      expect(isShared({ method: 'GET', path })).toBe(false)
    },
  )
})
