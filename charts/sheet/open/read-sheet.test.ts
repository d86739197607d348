import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeSheet } from '../compose-sheet.ts'
import { type FormatName, formatNamed, sheetFormats } from '../formats.ts'
import { jpegSegments } from '../inside/jpeg-segments.ts'
import { pictureWithoutRecipe, pictureWithRecipe, settingsOfPicture } from '../inside/picture-recipe.ts'
import { chunk, textChunk } from '../inside/png-chunks.ts'
import { writeRecord } from '../inside/record.ts'
import { xmpPacket } from '../inside/xmp.ts'
import { hasFfmpeg } from '../print/ffmpeg.ts'
import { measureByFont } from '../print/fonts.ts'
import { printSheet } from '../print/print-sheet.ts'
import { doneCells, testId, testPicture, testPictures, testStudy } from '../testing.ts'
import { checkPixels } from './check-pixels.ts'
import { openSheet } from './open-sheet.ts'
import { readSheet } from './read-sheet.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teststrip-open-'))
})
afterAll(() => rm(folder, { recursive: true }))

const sample = testStudy({
  title: 'Größe < & > 風',
  notes: 'Ein "Test"\n]]> --> </script>',
  axes: ['clip_guidance_scale 0, 500', 'eta 0, 1'],
})
const sheet = composeSheet({
  ...sample,
  cells: doneCells(sample.plan),
  options: { theme: 'light', cell: 64, along: 1, author: 'A & B', date: '2026-11-23' },
  measure: measureByFont,
})

async function printed(format: FormatName): Promise<string> {
  const out = join(folder, `sheet.${formatNamed(format).extensions[0]}`)
  if (!existsSync(out)) await printSheet({ sheet, format, out, picture: testPictures })

  return out
}

describe('the study inside', () => {
  test.each(sheetFormats.map(({ name }) => name))('comes back as it went in: %s', async (format) => {
    if (format === 'mp4' && !(await hasFfmpeg())) return

    expect(await openSheet(await printed(format))).toEqual({
      teststrip: 1,
      study: { id: testId, title: sample.study.title },
      file: sample.study.file,
      view: { columns: [0], rows: [1] },
      pack: { name: 'starter', hash: sample.plan.pack.hash },
      renderKeys: doneCells(sample.plan).map((cell) => cell.renderKey),
      pictures: doneCells(sample.plan).map((cell) => cell.image),
    })
  })

  test('is found in a JPEG where it is larger than a segment', async () => {
    const renderKeys = Array.from({ length: 3000 }, (_, i) =>
      ((i * 2654435761) >>> 0).toString(16).padStart(64, '7'),
    )
    const packet = xmpPacket(writeRecord({ ...sheet.embedded, renderKeys }), sheet.credits)
    const noisy = packet.replace('</rdf:RDF>', `<!--${'x'.repeat(150_000)}--></rdf:RDF>`)
    const jpeg = await sharp(await testPicture(1))
      .jpeg()
      .toBuffer()
    const file = Buffer.concat([jpeg.subarray(0, 2), ...jpegSegments(noisy), jpeg.subarray(2)])

    expect((await readSheet(file)).renderKeys).toEqual(renderKeys)
    expect((await sharp(file).metadata()).width).toBe(64)
  })

  test('survives a tool that keeps metadata, and a tool that drops it is said', async () => {
    const webp = await sharp(await printed('webp'))
      .keepXmp()
      .webp({ quality: 20 })
      .toBuffer()
    expect((await readSheet(webp)).study.id).toBe(testId)

    const bare = await sharp(await printed('png'))
      .png()
      .toBuffer()
    await expect(readSheet(bare)).rejects.toThrow(/no study inside.*QR/)
  })

  test('tells pixels as they were printed from changed ones', async () => {
    const png = await printed('png')
    expect(await checkPixels(png)).toBe('same')

    const bytes = await sharp(png).negate().png().toBuffer()
    const changed = join(folder, 'changed.png')
    const plain = readFileSync(png)
    const texts = plain.subarray(plain.lastIndexOf('iTXt') - 4, plain.length - 12)
    await writeFile(changed, Buffer.concat([bytes.subarray(0, -12), texts, bytes.subarray(-12)]))
    expect(await checkPixels(changed)).toBe('changed')
    expect(await checkPixels(await printed('jpg'))).toBeNull()
  })
})

describe('a file that may be anything', () => {
  test('is refused where it is no sheet', async () => {
    for (const bytes of ['GIF89a', '', 'PK\x03\x04 no zip', '%PDF-1.7', '<svg/>'])
      await expect(readSheet(Buffer.from(bytes, 'latin1'))).rejects.toThrow(/cannot be opened/)
    await expect(readSheet(await testPicture(1))).rejects.toThrow(/no study inside/)
  })

  test('is refused where it is cut or damaged', async () => {
    const png = readFileSync(await printed('png'))
    for (const length of [9, 40, 400, png.length - 5])
      await expect(readSheet(png.subarray(0, length))).rejects.toThrow(/cut off/)
    for (const at of [20, 300, Math.floor(png.length / 2)]) {
      const changed = Uint8Array.from(png)
      changed[at]! ^= 1
      await expect(readSheet(changed)).rejects.toThrow(/checksum|damaged|cut off/)
    }
    const zip = readFileSync(await printed('zip'))
    await expect(readSheet(zip.subarray(0, zip.length >> 1))).rejects.toThrow(/damaged or cut off/)
    const jpeg = readFileSync(await printed('jpg'))
    await expect(readSheet(jpeg.subarray(0, 500))).rejects.toThrow(/cut off/)
  })

  test('is refused where its record was changed', async () => {
    const record = writeRecord(sheet.embedded).replace('clip_guidance_scale 0', 'clip_guidance_scale 9')
    const plain = await testPicture(1)
    const end = plain.length - 12
    const file = Buffer.concat([plain.subarray(0, end), textChunk('teststrip', record), plain.subarray(end)])

    await expect(readSheet(file)).rejects.toThrow(/changed after it was exported/)
  })

  test('is refused where it holds bombs, two studies or foreign shapes', async () => {
    const plain = await testPicture(1)
    const end = plain.length - 12
    const refusal = (...chunks: Buffer[]) =>
      expect(readSheet(Buffer.concat([plain.subarray(0, end), ...chunks, plain.subarray(end)]))).rejects
    const packed = Buffer.from('teststrip\0\x01\0\0\0', 'latin1')
    const bomb = chunk(
      'iTXt',
      Buffer.concat([packed, deflateSync(Buffer.alloc(257 * 2 ** 20), { level: 1 })]),
    )

    await refusal(bomb).toThrow(/too large/)
    await refusal(textChunk('teststrip', '{}'), textChunk('teststrip', '{}')).toThrow(/two studies/)
    await refusal(textChunk('teststrip', '{"teststrip":2}')).toThrow(/not written as Teststrip/)
    await refusal(textChunk('teststrip', 'not json')).toThrow(/damaged/)
    await refusal(chunk('iTXt', Buffer.from('teststrip\0', 'latin1'))).toThrow(/damaged/)
    await refusal(textChunk('other', '{}')).toThrow(/no study inside/)

    const study = (text: string) => Buffer.from(`<svg><teststrip:study>${text}</teststrip:study></svg>`)
    await expect(readSheet(study('@@@@'))).rejects.toThrow(/damaged/)
    await expect(readSheet(study('AAAA'))).rejects.toThrow(/damaged or too large/)
    await expect(readSheet(Buffer.concat([study('AAAA'), study('AAAA')]))).rejects.toThrow(/two studies/)
  })
})

test('a single picture carries its recipe as settings, and is itself again without them', async () => {
  const { plan } = sample
  const png = await testPicture(3)
  const origin = { renderKey: 'ab'.repeat(32), pack: { name: 'starter', hash: 'cd'.repeat(32) } }
  const carrying = pictureWithRecipe(png, { recipe: { ...plan.base, seed: 77 }, ...origin })

  expect(JSON.parse(settingsOfPicture(carrying)!)).toMatchObject({ seed: 77, eta: plan.base.eta })
  expect(Buffer.from(pictureWithoutRecipe(carrying)).equals(png)).toBe(true)
  expect((await sharp(carrying).raw().toBuffer()).equals(await sharp(png).raw().toBuffer())).toBe(true)
  await expect(readSheet(carrying)).rejects.toThrow(/single picture/)
  expect(settingsOfPicture(png)).toBeNull()
})
