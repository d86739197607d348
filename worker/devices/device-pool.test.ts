import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { Device } from './device.ts'
import { DevicePool } from './device-pool.ts'

const device = (id: string): Device =>
  new Device({ id, kind: 'cpu', threads: 1, log: createLog({ level: 'error' }) })
const never = new AbortController().signal

test('devices are handed out in turn, and to whoever waited longest', async () => {
  const [a, b] = [device('a'), device('b')]
  const pool = new DevicePool([a, b])
  expect([await pool.acquire(never), await pool.acquire(never)]).toEqual([a, b])

  const order: string[] = []
  const first = pool.acquire(never).then((got) => order.push(`first ${got.id}`))
  const second = pool.acquire(never).then((got) => order.push(`second ${got.id}`))
  pool.release(b)
  pool.release(a)
  await Promise.all([first, second])
  expect(order).toEqual(['first b', 'second a'])
})

test('who is cancelled while waiting leaves the queue', async () => {
  const a = device('a')
  const pool = new DevicePool([a])
  await pool.acquire(never)
  const leaving = new AbortController()
  const left = pool.acquire(leaving.signal)
  const stayed = pool.acquire(never)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'cancelled' })

  pool.release(a)
  expect(await stayed).toBe(a)
})

test('deaths are counted per render until it succeeds', () => {
  const a = device('a')
  expect([a.countDeath('x'), a.countDeath('x'), a.countDeath('y')]).toEqual([1, 2, 1])
  a.forgive('x')
  expect(a.countDeath('x')).toBe(1)
})
