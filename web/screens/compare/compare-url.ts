import { mostPicked } from '../../state/view-url.ts'
import { held, type Lens, wholePicture } from './lens.ts'
import { heldAmount, type Mode, modes, standardAmount } from './modes.ts'
import { numberOfText, numberText } from './takes.ts'

export interface CompareState {
  /** Numbers of pictures: cells, and other takes of them (`takes.ts`). */
  seqs: number[]
  /** The picture the others are held against; one of `seqs`. */
  reference: number
  lens: Lens
  mode: Mode
  /** Of the mode: where the slider stands, how strong the gain is. */
  amount: number
}

export interface ReadCompare {
  /** Null when the URL names no cell of this study. */
  state: CompareState | null
  /** What of the URL no longer fits, in sentences. */
  notes: string[]
}

/** Reads what is compared from a URL. What does not fit the study is left out, and said. */
export function readCompare(params: URLSearchParams, cells: number): ReadCompare {
  const notes: string[] = []
  const named = [...new Set((params.get('cells') ?? '').split(',').filter(Boolean))]
  const known = named.flatMap((text) => numberOfText(cells, text) ?? [])
  if (known.length < named.length)
    notes.push(
      `${named.length - known.length} of the ${named.length} cells of this link are not in this study.`,
    )
  if (known.length > mostPicked)
    notes.push(`The link names ${known.length} cells; the first ${mostPicked} are shown.`)
  const seqs = known.slice(0, mostPicked)
  if (seqs.length === 0) return { state: null, notes }

  const pinned = params.get('ref')
  const reference = pinned === null ? seqs[0]! : numberOfText(cells, pinned)
  const isThere = reference !== null && seqs.includes(reference)
  if (!isThere) notes.push('The reference of this link is not among its cells.')
  const wanted = params.get('mode') ?? 'side'
  const mode = modes.find((each) => each === wanted) ?? 'side'
  if (mode !== wanted) notes.push('The way of comparing in this link is not known.')
  const by = params.get('by') === null ? Number.NaN : Number(params.get('by'))

  return {
    state: {
      seqs,
      reference: isThere ? reference : seqs[0]!,
      lens: readLens(params.get('lens')),
      mode,
      amount: Number.isFinite(by) ? heldAmount(mode, by) : standardAmount(mode),
    },
    notes,
  }
}

function readLens(text: string | null): Lens {
  const parts = (text ?? '').split(',').map(Number)
  const [zoom, x, y] = parts

  return parts.length === 3 && parts.every(Number.isFinite)
    ? held({ zoom: zoom!, x: x!, y: y! })
    : wholePicture
}

export function writeCompare({ seqs, reference, lens, mode, amount }: CompareState, cells: number): string {
  const text = (number: number) => numberText(cells, number)
  const parts = [`cells=${seqs.map(text).join(',')}`]
  if (reference !== seqs[0]) parts.push(`ref=${text(reference)}`)
  if (mode !== 'side') parts.push(`mode=${mode}`)
  if (amount !== standardAmount(mode)) parts.push(`by=${amount}`)
  if (lens.zoom !== 1)
    parts.push(`lens=${[lens.zoom, lens.x, lens.y].map((value) => Number(value.toFixed(4))).join(',')}`)

  return `?${parts.join('&')}`
}
