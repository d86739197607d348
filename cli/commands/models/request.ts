import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { TeststripError } from '#study'

const mostRedirects = 5
/** Milliseconds without a byte after which a connection counts as broken. */
const patience = 60_000

/**
 * Asks an address for a file from a byte on. Nothing is sent but the request itself: no cookie, no referrer, no name
 * of this machine. Redirections are followed, but never from https to http.
 */
export async function request(address: string, from: number): Promise<IncomingMessage> {
  let url = new URL(address)
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await ask(url, from)
    const { statusCode = 0, headers } = response
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response
    response.destroy()
    const next = new URL(headers.location, url)
    if (next.protocol !== 'https:' && next.protocol !== url.protocol)
      throw new TeststripError(
        'unavailable',
        `it redirects to ${next.protocol}//${next.host}, which is not safe`,
      )
    url = next
  }

  throw new TeststripError('unavailable', `it redirects more than ${mostRedirects} times`)
}

function ask(url: URL, from: number): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getSecure : getPlain
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'teststrip',
    ...(from > 0 && { range: `bytes=${from}-` }),
  }

  return new Promise((resolve, reject) => {
    const sent = get(url, { headers, agent: false, timeout: patience }, resolve)
    sent.on('timeout', () => sent.destroy(new Error('it fell silent')))
    sent.on('error', reject)
  })
}
