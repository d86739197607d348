import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBlobs } from './open-blobs.ts'
import { testBlobStore } from './testing-contract.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blobs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = (sha: string): string => join(folder, sha.slice(0, 2), sha.slice(2, 4), sha)
const ageFile = (path: string, hours: number): void => {
  const then = new Date(Date.now() - hours * 3_600_000)
  utimesSync(path, then, then)
}

describe('blobs in a folder', () => {
  testBlobStore(() => ({
    blobs: openBlobs(folder),
    age: (sha, hours) => ageFile(pathOf(sha), hours),
    spoil: (sha, bytes) => writeFileSync(pathOf(sha), bytes),
  }))

  it('clears away what a killed writer left behind, once it is a day old', async () => {
    const blobs = openBlobs(folder)
    const sha = await blobs.put(new Uint8Array(3), 'text/plain')
    const [old, young] = ['.tmp-old', '.tmp-young'].map((name) => join(pathOf(sha), '..', name)) as [
      string,
      string,
    ]
    for (const path of [old, young]) writeFileSync(path, 'half')
    ageFile(old, 25)
    for await (const blob of blobs.list()) expect(blob.sha).toBe(sha)

    expect([old, young].map((path) => existsSync(path))).toEqual([false, true])
    expect(readdirSync(join(pathOf(sha), '..')).sort()).toEqual(['.tmp-young', sha])
  })
})

it('a store without a place is refused', () => {
  expect(() => openBlobs(' ')).toThrow(/TESTSTRIP_BLOBS is empty/)
})
