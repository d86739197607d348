import { z } from 'zod'
import { TeststripError } from '#study'
import type { RenderedImage, RenderMetrics } from './events.ts'
import type { RunState } from './sampler-run.ts'

const magic = 'TSCP'
const version = 2
/** magic, version, length of the header */
const prefix = 12

/** A finished picture of a render that has more to make. */
export type FinishedImage = RenderedImage & { metrics: RenderMetrics }

/** A render between two steps; nothing else is needed to finish it with the same bits. */
export interface Checkpoint {
  /** render key of the picture, which also fixes pack and engine */
  key: string
  /** sampler run that goes on, or begins */
  run: number
  /** state of the noise source where that run begins, before it draws its start; counts where the run has no seed */
  begin: Uint8Array
  /** inside that run; null when it has not begun */
  at: { state: RunState; noise: Uint8Array } | null
  images: readonly FinishedImage[]
}

const finite = z.number().nullable()
const header = z.object({
  key: z.string(),
  run: z.int().min(0),
  next: z.int().min(0).nullable(),
  images: z.array(
    z.object({
      width: z.int(),
      height: z.int(),
      metrics: z.object({ clipSimilarity: finite, promptSimilarities: z.array(z.number()) }),
    }),
  ),
  /** bytes of: begin, noise, x, score, then every picture */
  lengths: z.array(z.int().min(0)),
})

/** "TSCP", version and length of the header (uint32, little endian), the header as JSON, then its parts. */
export function encodeCheckpoint({ key, run, begin, at, images }: Checkpoint): Uint8Array {
  const parts = [
    begin,
    at?.noise ?? empty,
    bytesOf(at?.state.x ?? null),
    bytesOf(at?.state.score ?? null),
    ...images.map(({ png }) => png),
  ]
  const text = new TextEncoder().encode(
    JSON.stringify({
      key,
      run,
      next: at?.state.next ?? null,
      images: images.map(({ width, height, metrics }) => ({ width, height, metrics })),
      lengths: parts.map((part) => part.length),
    } satisfies z.input<typeof header>),
  )
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, prefix + text.length))
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(magic))
  view.setUint32(4, version, true)
  view.setUint32(8, text.length, true)
  bytes.set(text, prefix)
  let end = prefix + text.length

  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }

  return bytes
}

/** Reads a checkpoint of the render `key`; one of another picture, pack or engine is refused. */
export function decodeCheckpoint(bytes: Uint8Array, key: string): Checkpoint {
  const { head, body } = readHeader(bytes)

  if (head.key !== key) {
    throw new TeststripError(
      'conflict',
      'The checkpoint belongs to another recipe, pack or engine version: render from the start.',
      { key },
    )
  }

  let end = body
  // Copies, not `slice`: of a Node Buffer that would be a view into a larger, unaligned store.
  const [begin, noise, x, score, ...pngs] = head.lengths.map((length) => {
    end += length

    return Uint8Array.from(bytes.subarray(end - length, end))
  })

  return {
    key,
    run: head.run,
    begin: begin!,
    at:
      head.next === null
        ? null
        : {
            noise: noise!,
            state: {
              next: head.next,
              x: new Float32Array(x!.buffer),
              score: score!.length > 0 ? new Float32Array(score!.buffer) : null,
            },
          },
    images: head.images.map((image, k) => ({ ...image, png: pngs[k]! })),
  }
}

function readHeader(bytes: Uint8Array): { head: z.output<typeof header>; body: number } {
  const foreign = new TeststripError(
    'conflict',
    'This is not a checkpoint of this version: render from the start.',
  )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isOurs =
    bytes.length > prefix &&
    new TextDecoder().decode(bytes.subarray(0, 4)) === magic &&
    view.getUint32(4, true) === version

  if (!isOurs) throw foreign

  const body = prefix + view.getUint32(8, true)
  const { success, data } = header.safeParse(readJson(bytes.subarray(prefix, body)))

  if (!success || data.lengths.reduce((sum, length) => sum + length, body) !== bytes.length) throw foreign

  return { head: data, body }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

const empty = new Uint8Array(0)

const bytesOf = (values: Float32Array | null): Uint8Array =>
  values ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength) : empty
