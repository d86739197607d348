/** Pickles and old PyTorch files written by hand, byte for byte: bytes are characters of latin1. */

export const bytes = (text: string) => Buffer.from(text, 'latin1')
const uint32 = (value: number) => {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value >>> 0)

  return buffer.toString('latin1')
}
const int64 = (value: number) => {
  const buffer = Buffer.alloc(8)
  buffer.writeBigInt64LE(BigInt(value))

  return buffer.toString('latin1')
}

export const named = (module: string, name: string) => `c${module}\n${name}\n`
export const text = (value: string) => `X${uint32(value.length)}${value}`
export const number = (value: number) => `J${uint32(value)}`
export const tuple = (...items: string[]) => `(${items.join('')}t`
export const storage = (count: number, type = 'FloatStorage', key = '0', view = '') =>
  `${tuple(text('storage'), named('torch', type), text(key), text('cpu'), number(count), view)}Q`
export const tensor = (from: string, offset: number, shape: number[], strides: number[]) =>
  `${named('torch._utils', '_rebuild_tensor_v2')}${tuple(
    from,
    number(offset),
    tuple(...shape.map(number)),
    tuple(...strides.map(number)),
    '\x89',
    named('collections', 'OrderedDict'),
    ')R',
  )}R`
export const table = (items: Record<string, string>) =>
  `}(${Object.entries(items)
    .map(([name, value]) => text(name) + value)
    .join('')}u`

/** A file of PyTorch's old format: the checkpoint's pickle, and its storages of so many floats. */
export function legacy(checkpoint: string, storages: Record<string, number> = { 0: 4 }): Buffer {
  const mark = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.'
  const machine = `\x80\x02}${text('little_endian')}\x88s.`
  const keys = `\x80\x02](${Object.keys(storages).map(text).join('')}e.`
  const data = Object.values(storages).map((count) => int64(count) + '\0'.repeat(4 * count))

  return bytes(`${mark}\x80\x02M\xe9\x03.${machine}\x80\x02${checkpoint}.${keys}${data.join('')}`)
}

export const sound = table({ a: tensor(storage(4), 0, [2, 2], [2, 1]) })
