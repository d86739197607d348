import { type FileHandle, open, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { TeststripError } from '#study'
import { bytesPerElement, type TensorEntry, type TensorFile, type TensorType } from './tensor-file.ts'

/** The format's own limit on its header. */
const headerLimit = 100_000_000

/**
 * Reads the table of a safetensors file: u64 header length, JSON header, tensors. The file is taken for hostile until
 * every tensor is known to lie inside it, apart from the others and of the size its shape asks for.
 */
export async function readSafetensors(path: string): Promise<TensorFile> {
  const handle = await open(path).catch(() => {
    throw new TeststripError('pack_invalid', `${basename(path)}: the file is missing or cannot be read.`, {
      path,
    })
  })
  try {
    return { path: await realpath(path), tensors: await readTable(handle, path) }
  } finally {
    await handle.close()
  }
}

async function readTable(handle: FileHandle, path: string): Promise<ReadonlyMap<string, TensorEntry>> {
  const fail = (why: string): never => {
    throw new TeststripError('pack_invalid', `${basename(path)}: ${why}`, { path })
  }
  const { size } = await handle.stat()
  if (size < 8)
    fail('the file is too short for a safetensors file; it was cut off while copying or downloading.')
  const length = Number((await readBytes(handle, 0, 8)).readBigUInt64LE())
  if (length > headerLimit) fail('this is not a safetensors file (its header would be larger than 100 MB).')
  if (8 + length > size)
    fail(
      'the file ends inside its header; it was cut off while copying or downloading, or is no safetensors file.',
    )
  const header = parseHeader((await readBytes(handle, 8, length)).toString('utf8'), fail)

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

  return new Map(entries.map((entry) => [entry.name, entry]))
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

function quoted(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name)
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }

  return buffer.subarray(0, done)
}
