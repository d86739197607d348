import { type OpenFile, quoted } from './open-file.ts'
import { bytesPerElement, type TensorEntry, type TensorType } from './tensor-file.ts'

/** The format allows 100 MB; a thousand tensors take a hundred kilobytes. */
const headerLimit = 8_000_000

/**
 * Reads the table of a safetensors file: u64 header length, JSON header, tensors. The file is taken for hostile until
 * every tensor is known to lie inside it, apart from the others and of the size its shape asks for.
 */
export async function readSafetensors(file: OpenFile): Promise<readonly TensorEntry[]> {
  const { size } = file
  const fail = (why: string): never => file.fail(why)
  if (size < 8)
    fail('the file is too short for a safetensors file; it was cut off while copying or downloading.')
  const length = Number((await file.read(0, 8)).readBigUInt64LE())
  if (length > headerLimit)
    fail('this is not a safetensors file (its header would be far larger than that of any network).')
  if (8 + length > size)
    fail(
      'the file ends inside its header; it was cut off while copying or downloading, or is no safetensors file.',
    )
  const header = parseHeader((await file.read(8, length)).toString('utf8'), fail)

  const start = 8 + length
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value, start, fail))
    .sort((a, b) => a.offset - b.offset)
  let end = start
  for (const entry of entries) {
    if (entry.offset + entry.bytes > size)
      fail(
        `the file ends before its tensor ${quoted(entry.name)}; it was cut off while copying or downloading.`,
      )
    if (entry.offset < end)
      fail(`the tensor ${quoted(entry.name)} overlaps another one; the file is damaged.`)
    if (entry.offset > end)
      fail(`there are stray bytes before the tensor ${quoted(entry.name)}; the file is damaged.`)
    end = entry.offset + entry.bytes
  }
  if (end !== size) fail('there are stray bytes behind the last tensor; the file is damaged.')

  return entries
}

function parseHeader(text: string, fail: (why: string) => never): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    fail('this is not a safetensors file (its header is no JSON).')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    fail('this is not a safetensors file (its header is no table of tensors).')

  return header as Record<string, unknown>
}

function parseEntry(name: string, value: unknown, start: number, fail: (why: string) => never): TensorEntry {
  const { dtype, shape, data_offsets: span } = (value ?? {}) as Record<string, unknown>
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesPerElement, dtype))
    return fail(
      `the tensor ${quoted(name)} has the number format ${quoted(String(dtype))}, which is not supported.`,
    )
  if (!isCounts(shape)) return fail(`the tensor ${quoted(name)} has no valid shape; the file is damaged.`)
  if (!isCounts(span) || span.length !== 2)
    return fail(`the tensor ${quoted(name)} has no valid place in the file; the file is damaged.`)
  const type = dtype as TensorType
  const [from, to] = span as [number, number]
  const bytes = shape.reduce((all, dim) => all * dim, bytesPerElement[type])
  if (to - from !== bytes)
    return fail(
      `the tensor ${quoted(name)} takes ${to - from} bytes, but its shape needs ${bytes}; the file is damaged.`,
    )

  return { name, type, shape, offset: start + from, bytes }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 8 && value.every((n) => Number.isSafeInteger(n) && n >= 0)
}
