import type { StudyStatus } from './study.ts'

/** Studies brought at once; "More" brings as many again. */
export const shelf = 60
const mostShown = 1_200

export const libraryOrders = { newest: 'Newest', changed: 'Last changed', title: 'Title' } as const
export type LibraryOrder = keyof typeof libraryOrders

/** Said here and not by the schema, whose checker would triple the script that the library loads. */
export const statusNames: Record<StudyStatus, string> = {
  draft: 'Draft',
  running: 'Developing',
  paused: 'Paused',
  finished: 'Finished',
  cancelled: 'Cancelled',
}

/** What the library shows, and so what its URL says. */
export interface LibraryState {
  /** As typed: words, and parameters with × between them. */
  search: string
  status: StudyStatus | null
  pack: string | null
  tag: string | null
  order: LibraryOrder
  archived: boolean
  shown: number
}

export function readLibrary(params: URLSearchParams): LibraryState {
  const status = params.get('status') ?? ''
  const order = params.get('order')
  const shown = Number(params.get('shown'))

  return {
    search: (params.get('q') ?? '').slice(0, 200),
    status: Object.hasOwn(statusNames, status) ? (status as StudyStatus) : null,
    pack: params.get('pack')?.slice(0, 100) || null,
    tag: params.get('tag')?.slice(0, 40) || null,
    order: order && Object.hasOwn(libraryOrders, order) ? (order as LibraryOrder) : 'newest',
    archived: params.get('archived') === 'true',
    shown: Number.isInteger(shown) ? Math.min(Math.max(shown, shelf), mostShown) : shelf,
  }
}

/** Only what differs from the plain library. */
export function writeLibrary(state: LibraryState): string {
  const { search, status, pack, tag, order, archived, shown } = state
  const params = new URLSearchParams()
  if (search) params.set('q', search)
  if (status) params.set('status', status)
  if (pack) params.set('pack', pack)
  if (tag) params.set('tag', tag)
  if (order !== 'newest') params.set('order', order)
  if (archived) params.set('archived', 'true')
  if (shown !== shelf) params.set('shown', String(shown))
  const text = params.toString()

  return text ? `/?${text}` : '/'
}

/** Whether it is narrowed to some of its studies. */
export const isNarrowed = ({ search, status, pack, tag }: LibraryState): boolean =>
  search.trim() !== '' || status !== null || pack !== null || tag !== null

/**
 * What someone searches for: parameters where they are joined as on a card (`eta × cut_ic_pow`), else words.
 *
 * @example
 * readSearch('eta × cut_ic_pow boat') // { axes: ['eta', 'cut_ic_pow'], words: 'boat' }
 */
export function readSearch(text: string): { axes: string[]; words: string } {
  const axes: string[] = []
  const words = text.replace(/[A-Za-z_]\w*(?:\s*[×*]\s*[A-Za-z_]\w*)+|[×*]\s*[A-Za-z_]\w*/g, (joined) => {
    axes.push(...joined.split(/[×*]/).flatMap((part) => part.trim() || []))
    return ' '
  })

  return { axes, words: words.replace(/[×*]/g, ' ').replace(/\s+/g, ' ').trim() }
}
