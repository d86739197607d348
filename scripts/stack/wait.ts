import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Repeats `attempt` until it gives true, or says after `seconds` that `what` did not come up. */
export async function waitUntil(
  what: string,
  seconds: number,
  attempt: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline) {
    if (await attempt()) return
    await sleep(50)
  }
  throw new Error(
    `${what} did not come up within ${seconds} s; its log is in the logs folder of TESTSTRIP_DATA (var/ unless set).`,
  )
}

/** Does something accept connections there? */
export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port })
    const end = (isUp: boolean) => {
      socket.destroy()
      done(isUp)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.setTimeout(1000, () => end(false))
  })
}
