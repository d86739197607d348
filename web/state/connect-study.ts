import type { WireFrame } from '../wire/study.ts'
import type { CellStore } from './cell-store.ts'

const againMs = 2_000

/**
 * Keeps a store up to date from the event stream until the returned function is called. A stream that breaks is
 * opened again from the version the store has, so nothing is missed and nothing is sent twice.
 */
export function connectStudy(store: CellStore, id: string): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    source = new EventSource(`/api/studies/${id}/events?after=${store.version}`)
    source.addEventListener('frame', (event) => {
      store.apply(JSON.parse(event.data) as WireFrame)
      store.connect({ state: 'live' })
    })
    source.addEventListener('open', () => store.connect({ state: 'live' }))
    source.addEventListener('trouble', (event) => {
      store.connect({ state: 'lost', says: (JSON.parse(event.data) as { message: string }).message })
    })
    source.addEventListener('error', () => {
      store.connect({
        state: 'lost',
        says: 'The connection to Teststrip is lost. Rendering goes on without it; this page comes back by itself.',
      })
      // An answer that is not a stream (503, 404) ends an EventSource for good, so it is opened anew.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, againMs)
    })
  }
  open()

  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
