import type { BlobStore } from '#blobs'
import { failRender, finishRender, type Ledger, releaseRender, saveCheckpoint, savePartial } from '#prisma'
import type { PartialPicture, RenderEnding } from '../renderer/renderer.ts'

export interface Held {
  ledger: Ledger
  blobs: BlobStore
  key: string
  claim: string
}

export type Picture = Extract<RenderEnding, { outcome: 'done' }>

/** The bytes first, then the row that names them: a row never points at nothing. False: the claim was lost. */
export async function commitPicture({ ledger, blobs, key, claim }: Held, picture: Picture): Promise<boolean> {
  const { png, width, height } = picture.image
  const image = await blobs.put(png, 'image/png')
  const { secondsPerStep, secondsFixed, perCutSeconds } = picture.speed

  return finishRender(ledger, {
    key,
    claim,
    image,
    bytes: png.byteLength,
    width,
    height,
    metrics: picture.metrics,
    seconds: picture.seconds.total ?? 0,
    timings: { ...picture.seconds, secondsPerStep, secondsFixed, perCutSeconds },
  })
}

export async function commitCheckpoint(
  held: Held,
  checkpoint: { step: number; bytes: Uint8Array },
): Promise<boolean> {
  const { ledger, blobs, key, claim } = held
  const blob = await blobs.put(checkpoint.bytes, 'application/octet-stream')

  return saveCheckpoint(ledger, {
    key,
    claim,
    step: checkpoint.step,
    blob,
    bytes: checkpoint.bytes.byteLength,
  })
}

export async function commitPartial(held: Held, partial: PartialPicture): Promise<boolean> {
  const { ledger, blobs, key, claim } = held
  const { step, png, width, height } = partial
  const image = await blobs.put(png, 'image/png')

  return savePartial(ledger, { key, claim, step, image, bytes: png.byteLength, width, height })
}

export async function commitFailure({ ledger, key, claim }: Held, error: string): Promise<boolean> {
  return failRender(ledger, { key, claim, error })
}

/** Back to queued, for whoever claims next. */
export async function release({ ledger, key, claim }: Held, died: boolean): Promise<boolean> {
  return releaseRender(ledger, { key, claim, died })
}
