import { type CellStore, markBits, ratingOf, statusByte } from './cell-store.ts'
import { list } from './url-text.ts'

export const filterStatuses = ['done', 'rendering', 'queued', 'failed', 'excluded'] as const
export const filterMarks = ['star', 'reject', 'unmarked', 'note'] as const

/** Which cells stand out; the others stay where they are, but faint. Nothing said lets every cell pass. */
export interface Filter {
  status: (typeof filterStatuses)[number][]
  mark: (typeof filterMarks)[number] | null
  /** At least so many stars. */
  rating: number | null
  measure: { name: string; from: number; to: number } | null
}

export const noFilter: Filter = { status: [], mark: null, rating: null, measure: null }

export const isFiltering = (filter: Filter): boolean =>
  filter.status.length > 0 || filter.mark !== null || filter.rating !== null || filter.measure !== null

/** Whether a cell passes, read from the columns of the store alone. */
export function filterOf(filter: Filter, store: CellStore): (seq: number) => boolean {
  if (!isFiltering(filter)) return () => true
  const wanted = new Set<number>(filter.status.map((status) => statusByte[status]))
  const { measure } = filter
  const column = measure && store.measures.get(measure.name)

  return (seq) => {
    const bits = store.marks[seq]!
    if (wanted.size > 0 && !wanted.has(store.status[seq]!)) return false
    if (filter.mark === 'star' && !(bits & markBits.star)) return false
    if (filter.mark === 'reject' && !(bits & markBits.reject)) return false
    if (filter.mark === 'note' && !(bits & markBits.note)) return false
    if (filter.mark === 'unmarked' && bits & (markBits.star | markBits.reject)) return false
    if (filter.rating !== null && ratingOf(bits) < filter.rating) return false
    if (measure) {
      const value = column?.[seq] ?? Number.NaN
      return value >= measure.from && value <= measure.to
    }

    return true
  }
}

export function countPassing(passes: (seq: number) => boolean, size: number): number {
  let count = 0
  for (let seq = 0; seq < size; seq++) if (passes(seq)) count++

  return count
}

/** `status=done.failed&mark=star&stars=3&measure=sharpness:0.2:0.5`; `lost` when something else was said. */
export function readFilter(params: URLSearchParams): { filter: Filter; lost: boolean } {
  const said = list(params.get('status'), '.')
  const status = filterStatuses.filter((each) => said.includes(each))
  const mark = filterMarks.find((each) => each === params.get('mark')) ?? null
  const stars = params.get('stars')
  const rating = stars !== null && /^[1-5]$/.test(stars) ? Number(stars) : null
  const [, name, from, to] = /^(.+):(-?[\d.e-]+):(-?[\d.e-]+)$/.exec(params.get('measure') ?? '') ?? []
  const range = { from: Number(from), to: Number(to) }
  const measure =
    name !== undefined && Number.isFinite(range.from) && Number.isFinite(range.to) ? { name, ...range } : null
  const lost =
    status.length < said.length ||
    (params.get('mark') !== null && mark === null) ||
    (stars !== null && rating === null) ||
    (params.get('measure') !== null && measure === null)

  return { filter: { status, mark, rating, measure }, lost }
}

export function writeFilter({ status, mark, rating, measure }: Filter): [string, string][] {
  const params: [string, string][] = []
  if (status.length > 0) params.push(['status', status.join('.')])
  if (mark !== null) params.push(['mark', mark])
  if (rating !== null) params.push(['stars', String(rating)])
  if (measure) params.push(['measure', `${encodeURIComponent(measure.name)}:${measure.from}:${measure.to}`])

  return params
}
