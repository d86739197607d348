import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

const known = new Map<string, { stamp: string; sha256: string }>()

/** SHA-256 (hex) of a file; remembered while its size and time of change stay the same. */
export async function fileHash(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const stamp = `${size} ${mtimeMs}`
  const before = known.get(path)
  if (before?.stamp === stamp) return before.sha256

  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  const sha256 = hash.digest('hex')
  known.set(path, { stamp, sha256 })

  return sha256
}
