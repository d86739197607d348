import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  bytes,
  legacy,
  named,
  number,
  sound,
  storage,
  table,
  tensor,
  text,
  tuple,
} from '../testing/hand-pickle.ts'
import { hostileWeights } from '../testing/hostile-weights.ts'

const { folder, read, refusal } = hostileWeights()

describe('the assembler of these tests', () => {
  it('writes files that are read', async () => {
    const { tensors } = await read(legacy(sound))
    expect(tensors.get('a')).toMatchObject({ type: 'F32', shape: [2, 2], bytes: 16 })
  })

  it("reads Python 2's strings, lists of pairs and views of storages", async () => {
    const view = tuple(text('view'), number(1), number(2))
    const pair = `](U\x01a${tensor(storage(4, 'FloatStorage', '0', view), 0, [2], [1])}e`
    const old = `${named('collections', 'OrderedDict')}](${pair}e\x85R`
    const before = (await read(legacy(sound))).tensors.get('a')!
    const data = legacy(old)
    const entry = (await read(data)).tensors.get('a')!
    expect(entry.offset - (data.length - 16)).toBe(4)
    expect(before.bytes).toBe(16)
  })
})

describe('a pickle is read and never run', () => {
  it('calls nothing, whatever it asks for', async () => {
    const touched = join(folder(), 'touched')
    const shell = `${named('os', 'system')}${text(`touch ${touched}`)}\x85R`
    const code = `${named('builtins', 'exec')}${text('raise SystemExit')}\x85R`
    const items = { shell, code, a: tensor(storage(4), 0, [4], [1]) }
    expect([...(await read(legacy(table(items)))).tensors.keys()]).toEqual(['a'])
    await expect(readFile(touched)).rejects.toThrow()
  })

  it('knows no dictionary of JavaScript', async () => {
    const pickle = `}(${text('__proto__')}${tensor(storage(4), 0, [4], [1])}u`
    expect([...(await read(legacy(pickle))).tensors.keys()]).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).shape).toBeUndefined()
  })
})

describe('a hostile pickle costs little and is refused in one sentence', () => {
  const bad: Record<string, [pickle: string, why: RegExp]> = {
    'no tensors': [`${named('os', 'system')}${text('true')}\x85R`, /no named tensors/],
    'a list that holds itself': [']q\x00h\x00a', /no named tensors/],
    'a dictionary that holds itself': [`}q\x00${text('state_dict')}h\x00s`, /no named tensors/],
    'an object that holds itself': [
      `${named('a', 'B')})\x81q\x00}${text('self')}h\x00sb`,
      /nested far deeper/,
    ],
    'a million laughs': [
      `${named('a', 'B')})\x81q\x00}${text('x')}Nsb0${Array.from(
        { length: 40 },
        (_, k) =>
          `${named('a', 'B')})\x81q${String.fromCharCode(k + 1)}}(${text('l')}h${String.fromCharCode(k)}${text('r')}h${String.fromCharCode(k)}ub0`,
      ).join('')}h\x28`,
      /nested far deeper/,
    ],
    'a rebuild that rebuilds itself': [
      `${named('torch._tensor', '_rebuild_from_type_v2')}](${named('torch._tensor', '_rebuild_from_type_v2')}Neq\x00R`,
      /no named tensors/,
    ],
    'memory cells without end': [`Nr\xff\xff\xff\xffj\xff\xff\xff\xff`, /no named tensors/],
    'a cell that was never filled': ['h\x07', /makes no sense/],
    'an empty stack': ['0', /makes no sense/],
    'a mark that was never set': ['t', /makes no sense/],
    'a string longer than the file': [`X\xff\xff\xff\xffabc`, /cut off/],
    'a string of 2^63 bytes': [`\x8d\0\0\0\0\0\0\0\x80abc`, /cut off/],
    'a number of 200 bytes': [`\x8a\xc8${'\xff'.repeat(200)}`, /longer than any checkpoint needs/],
    'a number of 4 GB': ['\x8b\xff\xff\xff\xff', /longer than any checkpoint needs/],
    'a textual number': [`L${'9'.repeat(100)}L\n`, /instruction 0x4c/],
    'an extension code': ['\x82\x01', /instruction 0x82/],
    'two million instructions': ['N0'.repeat(1_000_000), /far larger than/],
    'a storage of an unknown kind': [
      table({ a: tensor(storage(4, 'ComplexFloatStorage'), 0, [4], [1]) }),
      /"ComplexFloatStorage".*not supported/,
    ],
    'a storage named like a property of every object': [
      table({ a: tensor(storage(4, 'constructor'), 0, [4], [1]) }),
      /"constructor".*not supported/,
    ],
    'a storage that is not there': [
      table({ a: tensor(storage(4, 'FloatStorage', '7'), 0, [4], [1]) }),
      /list of storages is wrong|is missing/,
    ],
    'a tensor longer than its storage': [table({ a: tensor(storage(4), 0, [5], [1]) }), /beyond its storage/],
    'a tensor that starts behind its storage': [table({ a: tensor(storage(4), 4, [1], [1]) }), /beyond/],
    'a storage said to be longer than it is': [
      table({ a: tensor(storage(400), 0, [400], [1]) }),
      /beyond its storage/,
    ],
    'strides that leave the storage': [table({ a: tensor(storage(4), 0, [2, 2], [4, 1]) }), /beyond/],
    'a tensor with gaps': [table({ a: tensor(storage(4), 0, [2], [2]) }), /gaps or repeats/],
    'a tensor that repeats one number': [table({ a: tensor(storage(4), 0, [4], [0]) }), /gaps or repeats/],
    'a negative size': [table({ a: tensor(storage(4), 0, [-1], [1]) }), /no valid place or shape/],
    'more axes than any tensor has': [
      table({ a: tensor(storage(4), 0, Array(9).fill(1), Array(9).fill(1)) }),
      /no valid place or shape/,
    ],
    'fewer strides than axes': [table({ a: tensor(storage(4), 0, [2, 2], [1]) }), /no valid place or shape/],
    'a shape that overflows': [
      table({ a: tensor(storage(4), 0, Array(8).fill(2 ** 30), Array(8).fill(0)) }),
      /beyond its storage|gaps/,
    ],
  }
  for (const [name, [pickle, why]] of Object.entries(bad)) {
    it(name, async () => {
      expect(await refusal(legacy(pickle))).toMatch(why)
    })
  }

  it('another machine, another pickle', async () => {
    expect(await refusal(bytes('\x80\x02}.'))).toMatch(/no checkpoint of PyTorch/)
    const big = bytes(legacy(sound).toString('latin1').replace('endian\x88', 'endian\x89'))
    expect(await refusal(big)).toMatch(/big-endian/)
  })

  it('a storage of negative or endless length', async () => {
    const whole = legacy(sound)
    for (const count of [-1, 2 ** 40]) {
      whole.writeBigInt64LE(BigInt(count), whole.length - 24)
      expect(await refusal(whole)).toMatch(/no valid length|cut off/)
    }
  })
})
