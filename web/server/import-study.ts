import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Imported, importArchive } from '#archive'
import { TeststripError } from '#study'
import { blobs } from './blobs.ts'
import { passingFile } from './export-study.ts'
import { ledger } from './ledger.ts'

/** Larger ones go in by the command line, which reads the file where it lies. */
const mostBytes = 256 * 2 ** 20

/** Takes in the study whose archive is the body of a request. */
export async function importUploaded(request: Request, options: { copy: boolean }): Promise<Imported> {
  if (!request.body) throw new TeststripError('invalid_input', 'The body is empty; send the exported ZIP.')
  const path = await passingFile('.zip')
  try {
    await pipeline(
      Readable.fromWeb(request.body as never),
      limited(),
      createWriteStream(path, { flags: 'wx' }),
    )

    return await importArchive({ ledger: ledger(), blobs: blobs(), path, ...options })
  } finally {
    await rm(path, { force: true })
  }
}

function limited(): Transform {
  let bytes = 0

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength
      if (bytes <= mostBytes) return done(null, chunk)
      done(
        new TeststripError(
          'invalid_input',
          `The file has more than ${mostBytes / 2 ** 20} MB. Take it in where Teststrip runs: teststrip study import FILE.zip`,
        ),
      )
    },
  })
}
