import { type OpenFile, quoted } from '../open-file.ts'

/** One file inside a zip. */
export interface ZipEntry {
  name: string
  /** Place of its local header. */
  header: number
  bytes: number
  /** Why its bytes cannot be used in place; null when they can. */
  problem: string | null
}

const endSize = 22
const longestComment = 65_535
const mostDirectoryBytes = 8_000_000
const unknown32 = 0xffffffff

/** The directory of a zip file, zip64 included. Nothing is unpacked. */
export async function readZip(file: OpenFile): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, bytes, count } = await findDirectory(file)
  if (bytes > mostDirectoryBytes) file.fail('its zip directory is far larger than that of any checkpoint.')
  if (offset + bytes > file.size) file.fail('its zip directory lies outside the file; the file is damaged.')
  const directory = await file.readAll(offset, bytes)

  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let k = 0; k < count; k += 1) {
    const { entry, next } = parseEntry(directory, at, file)
    if (entries.has(entry.name)) file.fail(`it holds ${quoted(entry.name)} twice; the file is damaged.`)
    entries.set(entry.name, entry)
    at = next
  }

  return entries
}

/** Where the bytes of an entry lie: behind its local header, whose length only that header tells. */
export async function placeOf(entry: ZipEntry, file: OpenFile): Promise<{ offset: number; bytes: number }> {
  if (entry.problem)
    file.fail(`${quoted(entry.name)} in it ${entry.problem}; save the checkpoint again with PyTorch.`)
  const header = await file.readAll(entry.header, 30)
  if (header.readUInt32LE(0) !== 0x04034b50)
    file.fail(`${quoted(entry.name)} is not where its zip directory says; the file is damaged.`)
  const offset = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (offset + entry.bytes > file.size)
    file.fail(`the file ends before its part ${quoted(entry.name)}; the file is damaged.`)

  return { offset, bytes: entry.bytes }
}

async function findDirectory(file: OpenFile): Promise<{ offset: number; bytes: number; count: number }> {
  const start = Math.max(0, file.size - endSize - longestComment)
  const tail = await file.read(start, endSize + longestComment)
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (at < 0 || at + endSize > tail.length)
    file.fail('the zip has no end; it was cut off while copying or downloading, copy it again.')
  const short = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  }
  if (short.count !== 0xffff && short.bytes !== unknown32 && short.offset !== unknown32) return short

  const locator = await file.read(start + at - 20, 20)
  if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50)
    file.fail('the large zip has no directory; the file is damaged.')
  const end = await file.readAll(Number(locator.readBigUInt64LE(8)), 56)
  if (end.readUInt32LE(0) !== 0x06064b50) file.fail('the large zip has no directory; the file is damaged.')

  return {
    count: Number(end.readBigUInt64LE(32)),
    bytes: Number(end.readBigUInt64LE(40)),
    offset: Number(end.readBigUInt64LE(48)),
  }
}

function parseEntry(directory: Buffer, at: number, file: OpenFile): { entry: ZipEntry; next: number } {
  const damaged = () => file.fail('its zip directory makes no sense; the file is damaged.')
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return damaged()
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((from) =>
    directory.readUInt16LE(at + from),
  ) as [number, number, number]
  const next = at + 46 + nameBytes + extraBytes + commentBytes
  if (next > directory.length) return damaged()
  const name = directory.toString('utf8', at + 46, at + 46 + nameBytes)
  const extra = directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes)
  const [unpacked, packed, header] = longNumbers(
    [24, 20, 42].map((from) => directory.readUInt32LE(at + from)),
    extra,
  ) as [number, number, number]
  const encrypted = (directory.readUInt16LE(at + 8) & 1) !== 0
  const method = directory.readUInt16LE(at + 10)
  const problem = encrypted ? 'is encrypted' : method !== 0 || packed !== unpacked ? 'is compressed' : null

  return { entry: { name, header, bytes: unpacked, problem }, next }
}

/** Numbers that do not fit into four bytes stand, in order, in the extra field of zip64. */
function longNumbers(numbers: readonly number[], extra: Buffer): number[] {
  let long: Buffer = Buffer.alloc(0)
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) long = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
  let at = 0

  return numbers.map((number) => {
    if (number !== unknown32 || at + 8 > long.length) return number
    at += 8

    return Number(long.readBigUInt64LE(at - 8))
  })
}
