import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BlobStore, openBlobs } from '#blobs'
import { completeRecipe, pictureReference } from '#study'
import { loadPictures } from './load-pictures.ts'

let folder: string
let blobs: BlobStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teststrip-load-'))
  blobs = openBlobs(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text)

test('brings the bytes of every picture a recipe names, by that name', async () => {
  const [start, mood] = await Promise.all(
    ['start', 'mood'].map((text) => blobs.put(bytes(text), 'image/png')),
  )
  const recipe = completeRecipe({
    init_image: pictureReference(start!),
    image_prompts: { '0': [`${pictureReference(mood!)}:2`, pictureReference(start!)] },
  })
  const { pictures } = await loadPictures(recipe, blobs)

  expect(Object.keys(pictures!)).toEqual([pictureReference(start!), pictureReference(mood!)])
  expect(Buffer.from(pictures![pictureReference(mood!)]!).toString()).toBe('mood')
})

test.each([
  [`sha256:${'0'.repeat(64)}`, /is not among the pictures kept here: upload it again\.$/],
  ['sea.png', /^init_image "sea\.png" is the name of a file/],
  ['http://127.0.0.1:1/sea.png', /fetches nothing from the web by itself/],
])('says why %s cannot be had', async (init_image, sentence) => {
  const { pictures, missing } = await loadPictures(completeRecipe({ init_image }), blobs)

  expect(pictures).toBeNull()
  expect(missing).toMatch(sentence)
})

test('reads nothing that clouds replace', async () => {
  const recipe = completeRecipe({ init_image: 'sea.png', perlin_init: true })

  expect(await loadPictures(recipe, blobs)).toEqual({ pictures: {}, missing: null })
})
