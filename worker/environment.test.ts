import { expect, test } from 'vitest'
import { argumentsSchema, readEnvironment } from './environment.ts'

test('what is left out is local', () => {
  expect(readEnvironment({ DATABASE_URL: 'postgres://here/db', TESTSTRIP_BLOBS: '' })).toMatchObject({
    databaseUrl: 'postgres://here/db',
    temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    blobs: 'var/blobs',
    models: 'models',
  })
})

test('blobs live in the data folder unless they are told where', () => {
  const env = { DATABASE_URL: 'postgres://here/db', TESTSTRIP_DATA: '/data' }
  expect(readEnvironment(env).blobs).toBe('/data/blobs')
  expect(readEnvironment({ ...env, TESTSTRIP_BLOBS: '/pictures' }).blobs).toBe('/pictures')
})

test('a missing variable is named', () => {
  expect(() => readEnvironment({})).toThrow(/DATABASE_URL/)
  expect(() => readEnvironment({ DATABASE_URL: 'postgres://x', TESTSTRIP_LOG: 'loud' })).toThrow(
    /TESTSTRIP_LOG/,
  )
})

test('devices are a list of those this version knows', () => {
  expect(argumentsSchema.parse({})).toEqual({ role: 'all', devices: ['cpu'] })
  expect(argumentsSchema.parse({ devices: 'cpu, cpu', role: 'render' })).toEqual({
    role: 'render',
    devices: ['cpu', 'cpu'],
  })
  expect(() => argumentsSchema.parse({ devices: 'cuda:0' })).toThrow(/cpu only/)
})
