import { type APIRequestContext, expect } from '@playwright/test'
import sharp from 'sharp'
import { layoutSheet, measureByTable, prepareSheet, type SheetCell, themes } from '#charts'
import { makePlan, type PackInfo, type StudyFile } from '#study'

interface Region {
  x: number
  y: number
  width: number
  height: number
}

const rgb = (png: Uint8Array, { x, y, width, height }: Region): Promise<Buffer> =>
  sharp(png).extract({ left: x, top: y, width, height }).removeAlpha().raw().toBuffer()

async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const response = await request.get(path)
  expect(response.ok(), `${path} answers`).toBe(true)

  return (await response.json()) as T
}

/**
 * Holds a downloaded light sheet against its study: the page has the size of the layout, every header has ink in its
 * box, and every cell shows its own picture, enlarged pixel by pixel.
 */
export async function expectTrueSheet(options: {
  png: Uint8Array
  id: string
  request: APIRequestContext
}): Promise<void> {
  const { png, id, request } = options
  const study = await read<{ title: string; file: StudyFile }>(request, `/api/studies/${id}`)
  const { cells } = await read<{ cells: SheetCell[] }>(request, `/api/studies/${id}/cells`)
  const { packs } = await read<{ packs: PackInfo[] }>(request, '/api/packs')
  const pack = packs.find(({ name }) => name === study.file.pack)!
  const plan = makePlan(study.file, pack).plan!
  const { document } = prepareSheet({ study: { ...study, id }, plan, cells, options: { date: '2000-01-01' } })
  const layout = layoutSheet(document, measureByTable)

  const { width, height } = await sharp(png).metadata()
  expect({ width, height }).toEqual({ width: layout.width, height: layout.height })

  const paper = themes.light.background
  const labels = layout.texts.filter(({ role }) => role === 'label' || role === 'name')
  expect(labels.flatMap(({ lines }) => lines)).toEqual(
    expect.arrayContaining(
      plan.axes.flatMap((axis) => [axis.name, ...axis.points.map(({ label }) => label)]),
    ),
  )
  for (const label of labels) {
    const pixels = await rgb(png, label)
    const hasInk = pixels.some((value, i) => Math.abs(value - paper[i % 3]!) > 60)
    expect(hasInk, `"${label.lines.join(' ')}" is printed`).toBe(true)
  }

  expect(layout.cells).toHaveLength(plan.size)
  for (const box of layout.cells) {
    const picture = await (await request.get(`/blobs/${box.image}`)).body()
    const size = { width: box.width, height: box.height }
    const enlarged = await sharp(picture)
      .resize({ ...size, kernel: 'nearest' })
      .removeAlpha()
      .raw()
      .toBuffer()
    expect((await rgb(png, box)).equals(enlarged), `cell ${box.seq} shows its picture`).toBe(true)
  }
}
