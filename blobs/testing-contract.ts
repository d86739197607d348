import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { BlobStore } from './blob-store.ts'
import { sha256 } from './sha256.ts'
import { sweepBlobs } from './sweep-blobs.ts'

/** A store to be tested, and the hands that reach behind it. */
export interface TestStore {
  blobs: BlobStore
  /** Makes a blob that many hours older. */
  age(sha: string, hours: number): void
  /** Puts these bytes where the blob's are, as a crash or a bad disk would. */
  spoil(sha: string, bytes: string): void
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const shaOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

/** What every store promises, whatever it keeps its bytes in. `open` gives an empty one, anew for every test. */
export const testBlobStore = (open: () => TestStore): void => {
  it('gives back what it was given, under the name of its content', async () => {
    const { blobs } = open()
    const sha = await blobs.put(bytes('abc'), 'text/plain')

    expect(sha).toBe(shaOfAbc)
    expect(await blobs.get(sha)).toEqual(Buffer.from('abc'))
    expect(await new Response(await blobs.stream(sha)).text()).toBe('abc')
    expect(await blobs.has(sha)).toBe(true)
    const empty = await blobs.put(new Uint8Array(0), 'text/plain')
    expect(await blobs.get(empty)).toEqual(Buffer.alloc(0))
  })

  it('says null for what is not there, and forgets what is deleted', async () => {
    const { blobs } = open()
    const sha = await blobs.put(bytes('abc'), 'text/plain')
    await blobs.delete(sha)
    await blobs.delete(sha)
    await blobs.delete(sha, { olderThan: new Date() })

    expect(await blobs.get(sha)).toBeNull()
    expect(await blobs.stream(sha)).toBeNull()
    expect(await blobs.has(sha)).toBe(false)
  })

  it('takes the same bytes from many writers at once, and repairs a blob that was cut short', async () => {
    const { blobs, spoil } = open()
    const picture = new Uint8Array(500_000).fill(7)
    const names = await Promise.all(Array.from({ length: 8 }, () => blobs.put(picture, 'image/png')))
    const sha = names[0]!
    expect(new Set(names).size).toBe(1)
    expect(await listed(blobs)).toEqual([[sha, 500_000]])

    spoil(sha, 'cut')
    await blobs.put(picture, 'image/png')
    expect(sha256((await blobs.get(sha))!)).toBe(sha)
  })

  it('streams a large blob piece by piece, and lets go of one that is not read to its end', async () => {
    const { blobs } = open()
    const large = randomBytes(8 * 2 ** 20)
    const sha = await blobs.put(large, 'application/octet-stream')

    const pieces: Uint8Array[] = []
    for await (const piece of (await blobs.stream(sha))!) pieces.push(piece)
    expect(Math.max(...pieces.map((piece) => piece.byteLength))).toBeLessThan(2 ** 20)
    expect(sha256(Buffer.concat(pieces))).toBe(sha)

    const reader = (await blobs.stream(sha))!.getReader()
    expect((await reader.read()).done).toBe(false)
    await reader.cancel()
    expect(await blobs.has(sha)).toBe(true)
  })

  it('keeps a file as it keeps bytes, and the file stays where it was', async () => {
    const { blobs } = open()
    const folder = mkdtempSync(join(tmpdir(), 'teststrip-put-file-'))
    const path = join(folder, 'sheet.png')
    const large = randomBytes(3 * 2 ** 20)
    writeFileSync(path, large)
    try {
      const sha = await blobs.putFile(path, 'image/png')
      expect(sha).toBe(sha256(large))
      expect(await blobs.putFile(path, 'image/png')).toBe(sha)
      expect(await listed(blobs)).toEqual([[sha, large.byteLength]])
      expect(sha256((await blobs.get(sha))!)).toBe(sha)
      expect(readFileSync(path).equals(large)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('takes no name that could lead out of its place', async () => {
    const { blobs } = open()

    for (const name of ['../../etc/passwd', '', 'AB'.repeat(32), `${'a'.repeat(64)}/..`])
      for (const asked of [() => blobs.get(name), () => blobs.has(name), () => blobs.delete(name)])
        await expect(asked()).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('lists all it keeps with its size and age', async () => {
    const { blobs, age } = open()
    const shas = await Promise.all(
      ['one', 'two', 'three'].map((text) => blobs.put(bytes(text), 'text/plain')),
    )
    age(shas[1]!, 30)

    expect(await listed(blobs)).toEqual([3, 3, 5].map((size, index) => [shas[index]!, size]).sort())
    for await (const { sha, storedAt } of blobs.list())
      expect([sha, Math.round((Date.now() - storedAt.getTime()) / 3_600_000)]).toEqual([
        sha,
        sha === shas[1] ? 30 : 0,
      ])
  })

  it('sweeps what is old and unreferenced, and nothing else', async () => {
    const { blobs, age } = open()
    const put = (text: string) => blobs.put(bytes(text), 'text/plain')
    const needed = await put('needed')
    const orphan = await put('orphan')
    const young = await put('young')
    const again = await put('again')
    for (const sha of [needed, orphan, again]) age(sha, 25)
    // Stored once more: it has its day of grace again.
    await put('again')
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
}

const listed = async (blobs: BlobStore): Promise<[string, number][]> => {
  const found: [string, number][] = []
  for await (const blob of blobs.list()) found.push([blob.sha, blob.bytes])

  return found.sort()
}
