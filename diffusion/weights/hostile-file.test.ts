import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TeststripError } from '#study'
import { bytes, legacy, sound } from '../testing/hand-pickle.ts'
import { hostileWeights } from '../testing/hostile-weights.ts'
import { readTensor, readWeights } from './index.ts'

const samples = join(import.meta.dirname, '../testing/checkpoints')
const zip = await readFile(join(samples, 'zip.pt'))

const { folder, read, refusal } = hostileWeights()

describe('a hostile zip is refused in one sentence', () => {
  const directory = zip.lastIndexOf('PK\x05\x06')
  const entry = (name: string) => zip.lastIndexOf(name, directory) - 46
  const changed = (change: (copy: Buffer) => void) => {
    const copy = Buffer.from(zip)
    change(copy)

    return copy
  }

  const bad: Record<string, [file: Buffer, why: RegExp]> = {
    'no end': [zip.subarray(0, directory), /cut off/],
    'a zip of something else': [
      changed((copy) => copy.write('DATA.PKL', entry('zip/data.pkl') + 50)),
      /no checkpoint/,
    ],
    'a directory outside the file': [
      changed((copy) => copy.writeUInt32LE(10_000, directory + 16)),
      /outside the file/,
    ],
    'more files than the directory holds': [
      changed((copy) => copy.writeUInt16LE(60_000, directory + 10)),
      /makes no sense/,
    ],
    'a compressed part': [changed((copy) => copy.writeUInt16LE(8, entry('zip/data/0') + 10)), /compressed/],
    'an encrypted part': [changed((copy) => copy.writeUInt16LE(1, entry('zip/data/0') + 8)), /encrypted/],
    'a part outside the file': [
      changed((copy) => {
        copy.writeUInt32LE(50_000, entry('zip/data/0') + 20)
        copy.writeUInt32LE(50_000, entry('zip/data/0') + 24)
      }),
      /ends before its part/,
    ],
    'a part that is elsewhere': [
      changed((copy) => copy.writeUInt32LE(1, entry('zip/data/0') + 42)),
      /is not where/,
    ],
    'two storages in one place': [
      changed((copy) =>
        copy.writeUInt32LE(copy.readUInt32LE(entry('zip/data/0') + 42), entry('zip/data/1') + 42),
      ),
      /overlap/,
    ],
    'a storage shorter than its tensor': [
      changed((copy) => {
        copy.writeUInt32LE(4, entry('zip/data/0') + 20)
        copy.writeUInt32LE(4, entry('zip/data/0') + 24)
      }),
      /beyond its storage/,
    ],
    'a big-endian file': [changed((copy) => copy.write('bigbig', copy.indexOf('little'))), /"bigbig"-endian/],
  }
  for (const [name, [file, why]] of Object.entries(bad)) {
    it(name, async () => {
      expect(await refusal(file)).toMatch(why)
    })
  }
})

describe('what is no weights at all', () => {
  const bad: Record<string, [file: string, why: RegExp]> = {
    'an empty file': ['', /empty/],
    'an error page': ['<!DOCTYPE html><html>404</html>', /web page/],
    'a Git LFS pointer': ['version https://git-lfs.github.com/spec/v1\noid sha256:0\n', /Git LFS pointer/],
    'a tar file': [`${'a'.repeat(257)}ustar\x0000`, /0\.1/],
    'a text': ['hello, this is no file of weights', /not a safetensors file/],
  }
  for (const [name, [file, why]] of Object.entries(bad)) {
    it(name, async () => {
      expect(await refusal(bytes(file))).toMatch(why)
    })
  }

  it('a folder, and nothing', async () => {
    await expect(readWeights(folder())).rejects.toThrow(/folder/)
    await expect(readWeights(join(folder(), 'none.pt'))).rejects.toThrow(/^none\.pt: .*missing/)
  })
})

describe('any damage at all: a file is read, or refused as pack_invalid', () => {
  for (const name of ['zip.pt', 'zip64.pt', 'legacy.pth', 'torchscript.pt', 'training-legacy.pth']) {
    it(name, async () => {
      const whole = await readFile(join(samples, name))
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
          fc.option(fc.nat(whole.length), { freq: 4 }),
          async (changes, length) => {
            const damaged = Buffer.from(whole)
            for (const [at, value] of changes) damaged[at] = value
            const kept = damaged.subarray(0, length ?? whole.length)
            const result = await read(kept).catch((error: unknown) => error)
            if (result instanceof Error)
              return result instanceof TeststripError && result.code === 'pack_invalid'
            const { tensors } = result as Awaited<ReturnType<typeof readWeights>>

            return [...tensors.values()].every(({ offset, bytes: n }) => offset + n <= kept.length)
          },
        ),
        { numRuns: 150 },
      )
    })
  }
})

it('a tensor cut off after its table was read is one sentence', async () => {
  const file = await read(legacy(sound))
  await writeFile(file.path, legacy(sound).subarray(0, -8))
  await expect(readTensor(file, 'a')).rejects.toMatchObject({ code: 'pack_invalid' })
})
