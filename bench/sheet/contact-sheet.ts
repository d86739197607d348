import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { themeNames } from '#charts'
import { sheetOfStudy } from '#charts/print'
import { shippedStudies } from './shipped-studies.ts'

/**
 * `npm run sheets -- FOLDER`: ten sheets of what ships, in every theme, and all of them together as one WebP, to be
 * looked at. Shapes, sizes and kinds of axes differ.
 */
const names = [
  'templates/01-guidance-by-eta',
  'templates/02-seeds',
  'templates/06-cut-schedules',
  'templates/10-prompt-weights',
  'templates/11-subject-by-style',
  'templates/14-perlin',
  'templates/16-clip-models',
  'gallery/symmetry',
  'gallery/steps',
  'gallery/width-height',
]
const [folder = '.'] = process.argv.slice(2)
const [width, height] = [560, 560]
const gap = 12

await mkdir(folder, { recursive: true })
const layers: OverlayOptions[] = []
for (const [row, { name, study, picture }] of (await shippedStudies(names)).entries())
  for (const [column, theme] of themeNames.entries()) {
    const sheet = await sheetOfStudy({
      ...study,
      picture,
      options: { theme, date: '2026-11-23', licence: 'CC BY 4.0' },
    })
    await writeFile(join(folder, `${name.split('/')[1]}-${theme}.png`), sheet)
    layers.push({
      input: await sharp(sheet).resize({ width, height, fit: 'inside' }).toBuffer(),
      left: gap + column * (width + gap),
      top: gap + row * (height + gap),
    })
  }
await sharp({
  create: {
    width: gap + themeNames.length * (width + gap),
    height: gap + names.length * (height + gap),
    channels: 3,
    background: '#808080',
  },
})
  .composite(layers)
  .webp({ quality: 70, smartSubsample: true })
  .toFile(join(folder, 'sheets.webp'))
