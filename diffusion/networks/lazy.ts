import type { Session } from './session.ts'

export interface Lazy {
  get(): Promise<Session>
  release(): Promise<void>
}

/** A session that is opened when it is first used; a failure to open is not remembered. */
export function lazy(open: () => Promise<Session>): Lazy {
  let opened: Promise<Session> | null = null

  return {
    get() {
      opened ??= open().catch((error: unknown) => {
        opened = null
        throw error
      })

      return opened
    },
    async release() {
      const session = await opened
      opened = null
      await session?.release()
    },
  }
}
