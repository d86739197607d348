import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openBlobs } from './open-blobs.ts'
import { sha256 } from './sha256.ts'
import { sweepBlobs } from './sweep-blobs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blobs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const pathOf = (sha: string): string => join(folder, sha.slice(0, 2), sha.slice(2, 4), sha)
const age = (sha: string, hours: number): void => {
  const then = new Date(Date.now() - hours * 3_600_000)
  utimesSync(pathOf(sha), then, then)
}

it('gives back what it was given, under the name of its content', async () => {
  const blobs = openBlobs(folder)
  const sha = await blobs.put(bytes('abc'), 'text/plain')

  expect(sha).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(await blobs.get(sha)).toEqual(Buffer.from('abc'))
  expect(await new Response(await blobs.stream(sha)).text()).toBe('abc')
  expect(await blobs.has(sha)).toBe(true)
  expect(readdirSync(join(folder, 'ba', '78'))).toEqual([sha])
})

it('says null for what is not there, and forgets what is deleted', async () => {
  const blobs = openBlobs(folder)
  const sha = await blobs.put(bytes('abc'), 'text/plain')
  await blobs.delete(sha)
  await blobs.delete(sha)

  expect(await blobs.get(sha)).toBeNull()
  expect(await blobs.stream(sha)).toBeNull()
  expect(await blobs.has(sha)).toBe(false)
})

it('takes the same bytes from many writers at once, and repairs a file that was cut short', async () => {
  const blobs = openBlobs(folder)
  const picture = new Uint8Array(500_000).fill(7)
  const names = await Promise.all(Array.from({ length: 8 }, () => blobs.put(picture, 'image/png')))
  const sha = names[0]!
  expect(new Set(names).size).toBe(1)
  expect(readdirSync(join(pathOf(sha), '..'))).toEqual([sha])

  writeFileSync(pathOf(sha), 'cut')
  await blobs.put(picture, 'image/png')
  expect(sha256((await blobs.get(sha))!)).toBe(sha)
})

it('takes no name that could lead out of its folder', async () => {
  const blobs = openBlobs(folder)

  for (const name of ['../../etc/passwd', '', 'AB'.repeat(32), `${'a'.repeat(64)}/..`])
    await expect(blobs.get(name)).rejects.toMatchObject({ code: 'invalid_input' })
})

it('says that S3 comes later', () => {
  expect(() => openBlobs('s3://bucket/prefix')).toThrow(/S3 comes with a later one/)
  expect(() => openBlobs(' ')).toThrow(/TESTSTRIP_BLOBS is empty/)
})

it('sweeps what is old and unreferenced, and nothing else', async () => {
  const blobs = openBlobs(folder)
  const put = (text: string) => blobs.put(bytes(text), 'text/plain')
  const [needed, orphan, young, again] = [
    await put('needed'),
    await put('orphan'),
    await put('young'),
    await put('again'),
  ]
  for (const sha of [needed, orphan, again]) age(sha, 25)
  // Stored once more: it has its day of grace again.
  await put('again')
  writeFileSync(join(pathOf(orphan), '..', '.tmp-left-behind'), 'x')
  const asked: string[] = []

  const swept = await sweepBlobs(blobs, {
    referenced: async (shas) => {
      asked.push(...shas)

      return new Set([needed])
    },
  })

  expect(swept).toEqual({ removed: [orphan], bytes: 6 })
  expect(asked.sort()).toEqual([needed, orphan].sort())
  expect(await Promise.all([needed, orphan, young, again].map((sha) => blobs.has(sha)))).toEqual([
    true,
    false,
    true,
    true,
  ])
})
