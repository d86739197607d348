import { Client } from 'pg'
import { TeststripError } from '#study'
import { studyChannel } from './stamp-cells.ts'

/**
 * Hears of every change of every study, over one connection of its own. The announcement says only which study: read
 * on from your cursor with `listCells`. A lost connection is opened again by itself, ever less hastily up to every
 * ten seconds; what was said meanwhile is lost, so `onReconnect` should make every reader read on.
 */
export const listen = async (
  url: string,
  onStudy: (studyId: string) => void,
  options: { onReconnect?: () => void } = {},
): Promise<{ close(): Promise<void> }> => {
  let client: Client | null = null
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: url, keepAlive: true, application_name: 'teststrip listen' })
    // 'error' and 'end' may both come; only the first one counts.
    const lost = () => {
      if (client !== next) return
      client = null
      retry(250)
    }
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', (message) => message.payload && onStudy(message.payload))
    try {
      await next.connect()
      await next.query(`listen ${studyChannel}`)
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
    client = next
    if (closed) await next.end()
  }

  const retry = (delay: number): void => {
    if (closed) return
    timer = setTimeout(() => {
      connect().then(
        () => !closed && options.onReconnect?.(),
        () => retry(Math.min(delay * 2, 10_000)),
      )
    }, delay)
  }

  try {
    await connect()
  } catch (error) {
    throw new TeststripError(
      'unavailable',
      `Postgres cannot be reached to listen for changes: ${(error as Error).message}`,
    )
  }

  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      const current = client
      client = null
      await current?.end()
    },
  }
}
