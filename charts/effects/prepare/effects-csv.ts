import { csvLine } from '../../sheet/print/csv-line.ts'
import { cellsIn, type EffectAxis, pointAt } from './observations.ts'

/** Every measured cell as a line of RFC 4180: its place, its point on each axis, its picture, its measures to seven digits. */
export function effectsCsv(options: {
  axes: readonly EffectAxis[]
  images: readonly (string | null)[]
  measures: ReadonlyMap<string, ArrayLike<number>>
}): string {
  const { axes, images, measures } = options
  const names = [...measures.keys()]
  const lines = [['cell', ...axes.map(({ name }) => name), 'picture', ...names]]
  for (let seq = 0; seq < cellsIn(axes); seq++) {
    const image = images[seq]
    if (!image) continue
    lines.push([
      String(seq),
      ...axes.map(({ labels }, axis) => labels[pointAt(axes, axis, seq)]!),
      image,
      ...names.map((name) => numberText(measures.get(name)![seq]!)),
    ])
  }

  return lines.map(csvLine).join('')
}

const numberText = (value: number): string =>
  Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)))
