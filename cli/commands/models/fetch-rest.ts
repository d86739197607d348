import { createWriteStream } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { TeststripError } from '#study'
import { request } from './request.ts'

interface Options {
  address: string
  /** The incomplete file; what is in it is kept when the server can go on from there. */
  part: string
  onProgress?: (done: number, total: number | null) => void
  pause?: number
}

/** Attempts in a row that bring nothing new. */
const mostAttempts = 5

/** Fetches what is missing of a file, across broken connections. Says why not, or null when it is all there. */
export async function fetchRest({
  address,
  part,
  onProgress,
  pause = 1000,
}: Options): Promise<string | null> {
  let problem = ''
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (attempt > 0) await wait(pause * attempt)
    const before = await sizeOf(part)
    const outcome = await fetchOnce(address, part, before, onProgress)
    if (outcome === 'complete') return null
    problem = outcome.problem
    if (outcome.lasting) return problem
    if ((await sizeOf(part)) > before) attempt = 0
  }

  return problem
}

type Outcome = 'complete' | { problem: string; lasting?: boolean }

async function fetchOnce(
  address: string,
  part: string,
  from: number,
  onProgress: Options['onProgress'],
): Promise<Outcome> {
  let response: IncomingMessage
  try {
    response = await request(address, from)
  } catch (error) {
    return { problem: (error as Error).message, lasting: error instanceof TeststripError }
  }
  const { statusCode: status = 0 } = response
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '')
  const isRest = status === 206 && Number(range?.[1]) === from
  if (status !== 200 && !isRest) {
    response.destroy()
    // Nothing is missing, or the part is longer than the file, which its hash will tell.
    if (status === 416 && from > 0) return 'complete'
    const lasting = status < 500 && status !== 408 && status !== 429

    return { problem: `it answered ${status}`, lasting }
  }

  const start = isRest ? from : 0
  const length = response.headers['content-length']
  const total = length === undefined ? null : start + Number(length)
  const free = await freeBytes(part)
  if (total !== null && total - start > free) {
    response.destroy()

    return { problem: `${total - start} bytes are missing, but the disk has room for ${free}`, lasting: true }
  }

  return keep(response, part, { start, total, onProgress })
}

async function keep(
  response: IncomingMessage,
  part: string,
  { start, total, onProgress }: { start: number; total: number | null; onProgress: Options['onProgress'] },
): Promise<Outcome> {
  let done = start
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length
      onProgress?.(done, total)
      next(null, chunk)
    },
  })
  try {
    await pipeline(response, counted, createWriteStream(part, { flags: start > 0 ? 'a' : 'w' }))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const lasting = code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS'

    return { problem: code === 'ENOSPC' ? 'the disk is full' : `the connection broke (${message})`, lasting }
  }

  return 'complete'
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(path))

  return bavail * bsize
}
