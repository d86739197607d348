import { mostPicked } from '../../state/view-url.ts'
import { held, type Lens, wholePicture } from './lens.ts'

export interface CompareState {
  seqs: number[]
  /** The cell the others are measured against; one of `seqs`. */
  reference: number
  lens: Lens
}

/** Reads what is compared from a URL; null when it names no cell of this study. */
export function readCompare(params: URLSearchParams, cells: number): CompareState | null {
  const seqs = [...new Set((params.get('cells') ?? '').split(','))]
    .filter((text) => /^\d{1,9}$/.test(text) && Number(text) < cells)
    .map(Number)
    .slice(0, mostPicked)
  if (seqs.length === 0) return null
  const reference = Number(params.get('ref') ?? seqs[0])
  const [zoom, x, y] = (params.get('lens') ?? '').split(',').map(Number)
  const lens = [zoom, x, y].every((value) => Number.isFinite(value))
    ? held({ zoom: zoom!, x: x!, y: y! })
    : wholePicture

  return { seqs, reference: seqs.includes(reference) ? reference : seqs[0]!, lens }
}

export function writeCompare({ seqs, reference, lens }: CompareState): string {
  const parts = [`cells=${seqs.join(',')}`]
  if (reference !== seqs[0]) parts.push(`ref=${reference}`)
  if (lens.zoom !== 1)
    parts.push(`lens=${[lens.zoom, lens.x, lens.y].map((value) => Number(value.toFixed(4))).join(',')}`)

  return `?${parts.join('&')}`
}
