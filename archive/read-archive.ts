import { type FileHandle, open } from 'node:fs/promises'
import { configure, type FileEntry, Reader, ZipReader } from '@zip.js/zip.js'
import type { z } from 'zod'
import { mostPictureBytes, TeststripError } from '#study'
import {
  type Line,
  lineSchemas,
  type Manifest,
  manifestSchema,
  type Part,
  parts,
  shaOfEntry,
} from './format.ts'

configure({ useWebWorkers: false })

/** Beyond these a file is not a study of ours, however well it is packed. */
const mostManifestBytes = 32 * 2 ** 20
const mostPartBytes = 2 ** 30
const mostRecipeBytes = 64 * 2 ** 20
const mostLineBytes = 8 * 2 ** 20
const mostEntries = 4_000_000

/** What an archive holds, checked line by line as it is read. Nothing of it is ever unpacked to the disk. */
export interface Archive {
  manifest: Manifest
  lines<P extends Part>(part: P): AsyncIterable<Line<P>>
  /** Hashes of its pictures. */
  pictures: ReadonlySet<string>
  picture(sha: string): Promise<Uint8Array>
  close(): Promise<void>
}

/** The pieces that are asked for, of a file of any length. */
class FileReader extends Reader<FileHandle> {
  constructor(private readonly file: FileHandle) {
    super(file)
  }

  override async init(): Promise<void> {
    this.size = (await this.file.stat()).size
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.file.read(new Uint8Array(length), 0, length, offset)

    return buffer.subarray(0, bytesRead)
  }
}

/** Whoever made the file may mean harm: everything about it is believed only once it has been looked at. */
export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path)
  try {
    return await lookInto(file)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function lookInto(file: FileHandle): Promise<Archive> {
  const zip = new ZipReader(new FileReader(file), {
    strictness: 'strict',
    checkSignature: true,
    checkOverlappingEntry: true,
  })
  const entries = new Map<string, FileEntry>()
  const pictures = new Map<string, FileEntry>()
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size + pictures.size >= mostEntries) refuse(`has more than ${mostEntries} entries`)
      const name = entry.filename
      if (entry.directory || entry.encrypted)
        refuse(`has the entry '${shown(name)}', which is a folder or encrypted`)
      const sha = shaOfEntry(name)
      if (entry.uncompressedSize > mostBytes(name)) refuse(tooLong(name))
      if (sha) pictures.set(sha, entry as FileEntry)
      else if (isKnown(name)) entries.set(name, entry as FileEntry)
      else refuse(`has the entry '${shown(name)}', which does not belong there`)
    }
  } catch (error) {
    throw asRefusal(error)
  }
  const entryOf = (name: string): FileEntry => entries.get(name) ?? refuse(`has no ${name}`)
  for (const part of parts) entryOf(`${part}.ndjson`)

  const text = new TextDecoder('utf-8', { fatal: true })
  const manifest = read('manifest.json', manifestSchema, async () =>
    JSON.parse(text.decode(await bytesOf(entryOf('manifest.json')))),
  )

  return {
    manifest: await manifest,
    lines: (part) => linesOf(part, entryOf(`${part}.ndjson`)),
    pictures: new Set(pictures.keys()),
    picture: (sha) => bytesOf(pictures.get(sha) ?? refuse(`lacks the picture ${sha}`)),
    close: () => file.close(),
  }
}

const isKnown = (name: string): boolean =>
  name === 'manifest.json' || name === 'study.yaml' || parts.some((part) => name === `${part}.ndjson`)

const mostBytes = (name: string): number => {
  if (shaOfEntry(name)) return mostPictureBytes
  if (name === 'recipes.ndjson') return mostRecipeBytes

  return name.endsWith('.ndjson') ? mostPartBytes : mostManifestBytes
}

async function* linesOf<P extends Part>(part: P, entry: FileEntry): AsyncGenerator<Line<P>> {
  const schema = lineSchemas[part]
  let rest = Buffer.alloc(0)
  let number = 0
  const parse = (line: Buffer) =>
    read(`${part}.ndjson, line ${++number}`, schema, async () => {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(line)
      // Postgres keeps no NUL in a text.
      if (text.includes('\\u0000')) throw new SyntaxError('NUL in a text')

      return JSON.parse(text)
    }) as Promise<Line<P>>

  for await (const piece of piecesOf(entry)) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield await parse(rest.subarray(0, end))
      rest = rest.subarray(end + 1)
    }
    if (rest.length > mostLineBytes)
      refuse(`has a line of more than ${mostLineBytes} bytes in ${part}.ndjson`)
  }
  if (rest.length > 0) refuse(`ends in the middle of a line of ${part}.ndjson`)
}

async function bytesOf(entry: FileEntry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(entry)) pieces.push(piece)

  return Buffer.concat(pieces)
}

/** What comes out, and not what was announced, is held against the limit: a little ZIP can unpack to very much. */
async function* piecesOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const unpacking = entry.getData(writable)
  unpacking.catch(() => undefined)
  let length = 0
  try {
    for await (const piece of readable) {
      length += piece.byteLength
      if (length > Math.min(entry.uncompressedSize, mostBytes(entry.filename)))
        refuse(tooLong(entry.filename))
      yield piece
    }
    await unpacking
  } catch (error) {
    throw asRefusal(error)
  }
}

async function read<Schema extends z.ZodType>(
  where: string,
  schema: Schema,
  parse: () => Promise<unknown>,
): Promise<z.infer<Schema>> {
  const value = await parse().catch((error: Error) => {
    if (error instanceof TeststripError) throw error
    return refuse(`is not readable at ${where}`)
  })
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues

  return refuse(
    `is not usable at ${where}: ${[issue!.path.join('.'), issue!.message].filter(Boolean).join(' ')}`,
  )
}

const tooLong = (name: string): string => `unpacks '${shown(name)}' to more than is announced or allowed`
const shown = (name: string): string => JSON.stringify(name.slice(0, 80)).slice(1, -1)

/** Every reason why an archive is not taken. */
export function refuse(why: string): never {
  throw new TeststripError('invalid_input', `The archive ${why}. Nothing was imported.`)
}

function asRefusal(error: unknown): unknown {
  if (error instanceof TeststripError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code) return error

  return new TeststripError(
    'invalid_input',
    `The archive is no sound ZIP file (${message}). Nothing was imported.`,
  )
}
