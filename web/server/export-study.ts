import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { writeArchive } from '#archive'
import type { Study } from '#prisma'
import { blobs } from './blobs.ts'
import { env } from './env.ts'
import { ledger } from './ledger.ts'

/** A file of our own for the length of one request. */
export async function passingFile(ending: string): Promise<string> {
  const folder = join(env().TESTSTRIP_DATA, 'passing')
  await mkdir(folder, { recursive: true })

  return join(folder, `${randomUUID()}${ending}`)
}

/** A study with its pictures, marks and notes as a ZIP to download. */
export async function exportStudy(study: Study): Promise<Response> {
  const path = await passingFile('.zip')
  await writeArchive({ ledger: ledger(), blobs: blobs(), id: study.id, out: path })
  const { size } = await stat(path)
  const file = createReadStream(path)
  // The open file lives on until it is read; its name goes at once, so that nothing is left of a broken download.
  file.once('open', () => void unlink(path).catch(() => undefined))
  const name = `${study.title.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim() || 'study'}.zip`

  return new Response(Readable.toWeb(file) as ReadableStream, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(size),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
