import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TeststripError } from '#study'
import { readTensor } from './read-tensor.ts'
import { readWeights } from './read-weights.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A file of the given header (an object, or raw text) and tensor bytes, with an optional false header length. */
async function write(header: unknown, data: number, claimed?: bigint): Promise<string> {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(claimed ?? BigInt(text.length))
  const path = join(folder, 'weights.safetensors')
  await writeFile(path, Buffer.concat([length, text, Buffer.alloc(data, 1)]))

  return path
}

const tensor = (shape: number[], data_offsets: number[], dtype = 'F32') => ({ dtype, shape, data_offsets })

describe('a sound file', () => {
  it('gives the place of each tensor', async () => {
    const path = await write(
      { __metadata__: { format: 'pt' }, b: tensor([3], [8, 14], 'F16'), a: tensor([2, 1], [0, 8]) },
      14,
    )
    const { tensors } = await readWeights(path)
    const start = tensors.get('a')!.offset
    expect([...tensors.keys()]).toEqual(['a', 'b'])
    expect(tensors.get('b')).toEqual({ name: 'b', type: 'F16', shape: [3], offset: start + 8, bytes: 6 })
  })

  it('is read through a symbolic link as the real file', async () => {
    const path = await write({ a: tensor([2], [0, 8]) }, 8)
    const link = join(folder, 'link.safetensors')
    await symlink(path, link)
    expect((await readWeights(link)).path).toBe((await readWeights(path)).path)
  })

  it('may hold scalars and a tensor named like a property of every object', async () => {
    const path = await write(`{"__proto__":${JSON.stringify(tensor([], [0, 4]))}}`, 4)
    const file = await readWeights(path)
    expect(await readTensor(file, '__proto__')).toHaveLength(1)
  })
})

describe('a bad file is refused in one sentence that names it', () => {
  const bad: Record<string, [header: unknown, data: number, why: RegExp, claimed?: bigint]> = {
    'empty header': ['', 0, /no JSON/],
    'header that is no JSON': ['{"a":', 0, /no JSON/],
    'header that is a list': ['[]', 0, /no table/],
    'header longer than the file': [{}, 0, /ends inside its header/, 1000n],
    'header length of 2^63': [{}, 0, /far larger than/, 2n ** 63n],
    'truncated data': [{ a: tensor([4], [0, 16]) }, 12, /cut off/],
    'negative offset': [{ a: tensor([1], [-4, 0]) }, 4, /no valid place/],
    'fractional shape': [{ a: tensor([1.5], [0, 6]) }, 6, /no valid shape/],
    'shape that overflows': [{ a: tensor([2 ** 40, 2 ** 40], [0, 4]) }, 4, /its shape needs/],
    'shape that does not match the bytes': [{ a: tensor([3], [0, 16]) }, 16, /its shape needs 12/],
    'overlapping tensors': [{ a: tensor([2], [0, 8]), b: tensor([2], [4, 12]) }, 12, /overlaps/],
    'hole between tensors': [{ a: tensor([1], [0, 4]), b: tensor([1], [8, 12]) }, 12, /stray bytes before/],
    'bytes behind the last tensor': [{ a: tensor([1], [0, 4]) }, 8, /stray bytes behind/],
    'unknown number format': [{ a: tensor([1], [0, 4], 'F8_E4M3') }, 4, /not supported/],
    'format named like a property of every object': [
      { a: tensor([1], [0, 4], 'toString') },
      4,
      /not supported/,
    ],
    'entry that is null': [{ a: null }, 0, /number format/],
  }
  for (const [name, [header, data, why, claimed]] of Object.entries(bad)) {
    it(name, async () => {
      const path = await write(header, data, claimed)
      await expect(readWeights(path)).rejects.toMatchObject({ code: 'pack_invalid' })
      await expect(readWeights(path)).rejects.toThrow(why)
      await expect(readWeights(path)).rejects.toThrow(/^weights\.safetensors: /)
    })
  }

  it('a missing file', async () => {
    await expect(readWeights(join(folder, 'none.safetensors'))).rejects.toThrow(
      /^none\.safetensors: .*missing/,
    )
  })

  it('any damage at all: it is read, or refused as pack_invalid', async () => {
    const whole = await write({ a: tensor([2], [0, 8]), b: tensor([2], [8, 12], 'F16') }, 12)
    const { readFile } = await import('node:fs/promises')
    const bytes = await readFile(whole)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.nat(bytes.length),
        async (at, value, length) => {
          const damaged = Buffer.from(bytes.subarray(0, length))
          if (at < length) damaged[at] = value
          await writeFile(whole, damaged)
          const result = await readWeights(whole).catch((error: unknown) => error)
          if (result instanceof Error)
            return result instanceof TeststripError && result.code === 'pack_invalid'
          const { tensors } = result as Awaited<ReturnType<typeof readWeights>>

          return [...tensors.values()].every(({ offset, bytes: n }) => offset >= 8 && offset + n <= length)
        },
      ),
      { numRuns: 300 },
    )
  })
})
