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

test('devices are chosen here, or a list of those that exist', () => {
  expect(argumentsSchema.parse({})).toEqual({ role: 'all', devices: 'auto', batch: 1 })
  expect(argumentsSchema.parse({ devices: 'cpu, cuda:1,webgpu', role: 'render', batch: '4' })).toEqual({
    role: 'render',
    devices: ['cpu', 'cuda:1', 'webgpu'],
    batch: 4,
  })
  expect(() => argumentsSchema.parse({ devices: 'cpu,gpu' })).toThrow(/must be cpu, webgpu.* but is .*gpu/)
})
