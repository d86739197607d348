import { crc32 } from '../inside/crc32.ts'
import type { Sink } from './sink.ts'

/** 1980-01-01, the first date of the format: equal files give equal bytes. */
const date = 0x0021
const most32 = 0xffffffff

/** Some entries of the directory, as a note of a print. */
export interface ZipNote {
  count: number
  entries: string
}

/**
 * Writes a ZIP whose entries are stored as they are, which pictures are packed already for. Holds nothing but the
 * directory, some 100 bytes an entry where notes are taken often (APPNOTE 6.3.10; ZIP64 where counts or sizes ask for
 * it).
 */
export class ZipWriter {
  readonly #sink: Sink
  readonly #directory: Buffer[] = []
  #fresh: Buffer[] = []
  #count = 0

  /** Goes on behind what an earlier one said in `note`, which must be all that is in the sink. */
  constructor(sink: Sink, earlier: readonly ZipNote[] = []) {
    this.#sink = sink
    for (const { count, entries } of earlier) {
      this.#directory.push(Buffer.from(entries, 'base64'))
      this.#count += count
    }
  }

  /** What has been added since the last note. */
  note(): ZipNote {
    const count = this.#fresh.length
    const entries = Buffer.concat(this.#fresh)
    // Joined, as a small Buffer keeps all of the 8 kB alive that Node cut it from.
    this.#directory.push(entries)
    this.#fresh = []

    return { count, entries: entries.toString('base64') }
  }

  async add(name: string, bytes: Uint8Array): Promise<void> {
    const file = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    // Bit 11: the name is UTF-8.
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(date, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(file.length, 22)

    const offset = this.#sink.bytes
    await this.#sink.write(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, file]))
    await this.#sink.write(bytes)
    this.#fresh.push(entry(common, file, offset))
    this.#count++
  }

  /** Ends the archive. */
  async end(): Promise<void> {
    const start = this.#sink.bytes
    for (const each of [...this.#directory, ...this.#fresh]) await this.#sink.write(each)
    const at = this.#sink.bytes
    const size = at - start
    const count = this.#count
    if (count >= 0xffff || at > most32) await this.#sink.write(end64({ count, size, start, at }))
    const end = Buffer.alloc(22)
    end.write('PK\x05\x06', 'latin1')
    end.writeUInt16LE(Math.min(count, 0xffff), 8)
    end.writeUInt16LE(Math.min(count, 0xffff), 10)
    end.writeUInt32LE(Math.min(size, most32), 12)
    end.writeUInt32LE(Math.min(start, most32), 16)
    await this.#sink.write(end)
  }
}

function entry(common: Buffer, file: Buffer, offset: number): Buffer {
  const isFar = offset >= most32
  const extra = Buffer.alloc(isFar ? 12 : 0)
  if (isFar) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(offset), 4)
  }
  const head = Buffer.alloc(46)
  head.write('PK\x01\x02', 'latin1')
  head.writeUInt16LE(45, 4)
  common.copy(head, 6)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(isFar ? most32 : offset, 42)

  return Buffer.concat([head, file, extra])
}

/** The ends of a ZIP64: the record with the true figures, and where it is. */
function end64({
  count,
  size,
  start,
  at,
}: {
  count: number
  size: number
  start: number
  at: number
}): Buffer {
  const record = Buffer.alloc(76)
  record.write('PK\x06\x06', 'latin1')
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(45, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(start), 48)
  record.write('PK\x06\x07', 56, 'latin1')
  record.writeBigUInt64LE(BigInt(at), 64)
  record.writeUInt32LE(1, 72)

  return record
}
