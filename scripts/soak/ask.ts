import { setTimeout as sleep } from 'node:timers/promises'

/** A request to a dashboard that may be dead just now: repeated until it is answered. Refusals are thrown. */
export async function ask(url: string, body?: unknown): Promise<unknown> {
  for (;;) {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null)
    if (response?.ok) return response.json().catch(() => null)
    if (response && response.status < 500)
      throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
    await sleep(500)
  }
}
