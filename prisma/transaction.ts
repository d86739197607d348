import type { Pool, PoolClient } from 'pg'

/** Deadlock and serialisation failure: Postgres asks for the whole transaction again. */
const tryAgain = new Set(['40P01', '40001'])

/** Thrown by `work` that has seen two moments at once: `transaction` runs it again. */
export const onceMore = Object.assign(new Error('Changed meanwhile; tried again.'), { code: '40001' })

/**
 * Runs `work` as one transaction (READ COMMITTED: each statement sees what was committed before it). Transactions of
 * this room lock in one order, renders by key, then studies by id, then cells; keep to it and nothing deadlocks.
 */
export const transaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    let broken: Error | undefined
    const lost = (reason: Error) => {
      broken = reason
    }
    // Postgres may go away between two statements; a client taken from the pool tells nobody else, and unheard the
    // event would end the process. The statement that is running, or the next one, fails on its own.
    client.on('error', lost)
    try {
      await client.query('begin')
      const result = await work(client)
      await client.query('commit')

      return result
    } catch (error) {
      await client.query('rollback').catch(lost)
      if (attempt < 3 && tryAgain.has((error as { code?: string }).code ?? '')) continue
      throw error
    } finally {
      client.off('error', lost)
      client.release(broken)
    }
  }
}
