import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStudy } from './create-study.ts'
import { getStudy } from './get-study.ts'
import type { Ledger } from './ledger.ts'
import { createTestLedger } from './testing.ts'
import { file } from './testing-fixtures.ts'
import { transaction } from './transaction.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

const title = async (id: string) => (await getStudy(ledger, id))?.title
const rename = 'update "Study" set title = $2 where id = $1'

it('keeps all of it or nothing', async () => {
  const { id } = await createStudy(ledger, { file: file('Before') })
  const failing = transaction(ledger.pool, async (client) => {
    await client.query(rename, [id, 'During'])
    throw new Error('changed my mind')
  })

  await expect(failing).rejects.toThrow('changed my mind')
  expect(await title(id)).toBe('Before')
})

it('survives the loss of its connection, busy or resting', async () => {
  const { id } = await createStudy(ledger, { file: file('Before') })
  const kill = (pid: number) => ledger.pool.query('select pg_terminate_backend($1)', [pid])
  const cut = transaction(ledger.pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await client.query(rename, [id, 'During'])
    await kill(rows[0]!.pid)
    // Between two statements: nobody is waiting for this connection when it goes.
    await new Promise((done) => setTimeout(done, 100))
    await client.query(rename, [id, 'Afterwards'])
  })

  await expect(cut).rejects.toThrow()
  expect(await title(id)).toBe('Before')
  expect(await transaction(ledger.pool, async (client) => (await client.query('select 1')).rowCount)).toBe(1)
})

it('runs again what Postgres gave up as a deadlock', async () => {
  const [one, other] = [
    await createStudy(ledger, { file: file('1') }),
    await createStudy(ledger, { file: file('2') }),
  ]
  let met = 0
  const crossing = (first: string, second: string, name: string) =>
    transaction(ledger.pool, async (client) => {
      await client.query(rename, [first, name])
      met++
      while (met < 2) await new Promise((done) => setTimeout(done, 5))
      await client.query(rename, [second, name])
    })

  await Promise.all([crossing(one.id, other.id, 'a'), crossing(other.id, one.id, 'b')])
  expect(met).toBe(3)
  expect(await title(one.id)).toBe(await title(other.id))
})
