import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { Device } from './device.ts'
import { DevicePool } from './device-pool.ts'

const device = (id: string, warm: string | null = null): Device =>
  Object.assign(new Device({ id, kind: 'cpu', threads: 1, log: createLog({ level: 'error' }) }), { warm })
const never = new AbortController().signal

test('devices are handed out in turn, and to whoever waited longest', async () => {
  const [a, b] = [device('a'), device('b')]
  const pool = new DevicePool([a, b])
  expect([await pool.acquire('p', never), await pool.acquire('p', never)]).toEqual([a, b])

  const order: string[] = []
  const first = pool.acquire('p', never).then((got) => order.push(`first ${got.id}`))
  const second = pool.acquire('p', never).then((got) => order.push(`second ${got.id}`))
  pool.release(b)
  pool.release(a)
  await Promise.all([first, second])
  expect(order).toEqual(['first b', 'second a'])
})

test('who is cancelled while waiting leaves the queue', async () => {
  const a = device('a')
  const pool = new DevicePool([a])
  await pool.acquire('p', never)
  const leaving = new AbortController()
  const left = pool.acquire('p', leaving.signal)
  const stayed = pool.acquire('p', never)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'cancelled' })

  pool.release(a)
  expect(await stayed).toBe(a)
})

test('a device goes where its weights are warm, a cold one to the others', async () => {
  const [warm, cold] = [device('warm', 'p'), device('cold')]
  const pool = new DevicePool([warm, cold])
  expect(await pool.acquire('q', never)).toBe(cold)
  expect(await pool.acquire('p', never)).toBe(warm)
})

test('who wants other weights is passed over three times and no more', async () => {
  const a = device('a', 'p')
  const pool = new DevicePool([a])
  await pool.acquire('p', never)
  const order: string[] = []
  const want = (pack: string) =>
    pool.acquire(pack, never).then((got) => {
      order.push(pack)
      pool.release(got)
    })
  const all = [want('q'), ...Array.from({ length: 5 }, () => want('p'))]
  pool.release(a)
  await Promise.all(all)
  expect(order).toEqual(['p', 'p', 'p', 'q', 'p', 'p'])
})

test('a device set aside is not handed out before it is brought back', async () => {
  const [a, b] = [device('a'), device('b')]
  const pool = new DevicePool([a, b])
  const changes: boolean[] = []
  const leave = pool.onChange(() => changes.push(pool.isOpen))
  a.aside = 'broken'
  expect(await pool.acquire('p', never)).toBe(b)
  b.aside = 'broken too'
  pool.release(b)
  const waiting = pool.acquire('p', never)

  a.aside = null
  pool.refresh()
  expect(await waiting).toBe(a)
  expect(changes).toEqual([false, true])
  leave()
})
