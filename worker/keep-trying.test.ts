import { expect, test } from 'vitest'
import { TeststripError } from '#study'
import { keepTrying, reasonOf } from './keep-trying.ts'
import { createLog } from './log.ts'

const options = { what: 'test', log: createLog({ level: 'error' }), firstMs: 1, mostMs: 4 }

const failing = (times: number, error: () => Error) => {
  let calls = 0
  const run = async (): Promise<number> => {
    if (++calls <= times) throw error()

    return calls
  }

  return { run, calls: () => calls }
}

test('a server that is away is waited for', async () => {
  const away = failing(4, () => new Error('connect ECONNREFUSED'))
  expect(await keepTrying(options, away.run)).toBe(5)
})

test('what trying again cannot mend is thrown at once', async () => {
  const wrong = failing(9, () => new TeststripError('invalid_input', 'No such parameter.'))
  await expect(keepTrying(options, wrong.run)).rejects.toThrow('No such parameter.')
  expect(wrong.calls()).toBe(1)
})

test('the patience of the caller ends it with the last error', async () => {
  const away = failing(1_000, () => new Error('still away'))
  await expect(keepTrying({ ...options, forMs: 30 }, away.run)).rejects.toThrow('still away')

  const stop = new AbortController()
  stop.abort()
  await expect(keepTrying({ ...options, signal: stop.signal }, away.run)).rejects.toThrow('still away')
})

test('the reason of an error without words is that of what it gathers', () => {
  expect(reasonOf(new AggregateError([new Error('a'), new Error('b')], ''))).toBe('a; b')
  expect(reasonOf('plain')).toBe('plain')
})
