import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { goldenImage } from '../testing/golden.ts'
import { decodePicture, lanczosResize, readPictures } from './index.ts'

/** The golden picture as interleaved 8-bit RGB. */
function picture([width, height]: readonly [number, number]): Uint8Array {
  const planes = goldenImage(height, width)
  const area = width * height

  return Uint8Array.from(
    { length: 3 * area },
    (_, k) => planes[(k % 3) * area + Math.floor(k / 3)]! * 255.999,
  )
}

describe('lanczosResize', () => {
  it.each([
    [[150, 90], [128, 64], '571ff339426c1dd4'],
    [[37, 53], [64, 128], 'a5d8c66edf416a53'],
    [[300, 64], [64, 64], 'c20e437cc24e88ec'],
    [[64, 90], [64, 64], '54a5b5b8d5ed7c0d'],
  ] as const)('gives the very pixels of Pillow, %j to %j', (from, to, hash) => {
    const resized = lanczosResize(picture(from), from, to)

    expect(createHash('sha256').update(resized).digest('hex')).toMatch(new RegExp(`^${hash}`))
  })
})

describe('decodePicture', () => {
  const named = { parameter: 'init_image', name: 'a.png' } as const
  const raw = { raw: { width: 2, height: 1, channels: 4 as const } }
  const rgba = Uint8Array.of(10, 20, 30, 0, 40, 50, 60, 255)

  it('drops transparency without mixing, as convert("RGB") does', async () => {
    const png = await sharp(rgba, raw).png().toBuffer()

    expect(await decodePicture(png, named)).toEqual({
      rgb: Buffer.from([10, 20, 30, 40, 50, 60]),
      size: [2, 1],
    })
  })

  it('makes three channels of grey, and 8 bits of 16', async () => {
    const grey = await sharp(Uint8Array.of(7, 200), { raw: { width: 2, height: 1, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const deep = await sharp(rgba, raw).removeAlpha().toColourspace('rgb16').png().toBuffer()

    expect(Array.from((await decodePicture(grey, named)).rgb)).toEqual([7, 7, 7, 200, 200, 200])
    expect(Array.from((await decodePicture(deep, named)).rgb)).toEqual([10, 20, 30, 40, 50, 60])
  })

  it.each([
    ['text', new TextEncoder().encode('no picture')],
    ['nothing', new Uint8Array(0)],
    [
      'a drawing that a program would have to run',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
  ])('refuses %s in one sentence', async (_, bytes) => {
    await expect(decodePicture(bytes, named)).rejects.toMatchObject({
      code: 'invalid_input',
      message:
        'init_image "a.png" is no picture in a format that can be read; give a PNG, JPEG, WebP, GIF, TIFF or AVIF.',
    })
  })

  it('refuses what breaks off, and what would unpack to more than memory holds', async () => {
    const whole = await sharp(picture([64, 64]), { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer()
    const bomb = Uint8Array.from(whole)
    new DataView(bomb.buffer).setUint32(16, 60_000)
    new DataView(bomb.buffer).setUint32(20, 60_000)

    for (const bytes of [whole.subarray(0, whole.length / 2), bomb])
      await expect(decodePicture(bytes, named)).rejects.toThrow(
        /^init_image "a.png" (cannot be read|is no picture)/,
      )
  })

  it('is told when no pictures came', async () => {
    await expect(readPictures([named], undefined)).rejects.toThrow(/no pictures came/)
  })
})
