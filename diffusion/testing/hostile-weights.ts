import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { readWeights } from '../weights/index.ts'

/** One file of weights, `weights.pt`, that a test writes as it likes. */
export function hostileWeights() {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  async function read(file: Uint8Array) {
    const path = join(folder, 'weights.pt')
    await writeFile(path, file)

    return readWeights(path)
  }

  /** The one sentence that a file is refused with. */
  async function refusal(file: Uint8Array): Promise<string> {
    const error = await read(file).then(
      () => new Error('it was accepted'),
      (reason: Error) => reason,
    )
    expect(error).toMatchObject({ code: 'pack_invalid' })
    expect(error.message).toMatch(/^weights\.pt: /)

    return error.message
  }

  return { folder: () => folder, read, refusal }
}
