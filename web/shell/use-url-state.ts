'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'

/** The address follows what one does after this pause; a browser refuses to change it with every tick of the wheel. */
const writeMs = 150

/**
 * What a screen shows, which the URL says: reload, share and go back all bring the same. It changes at once and the
 * address follows; `notes` tell what of a link no longer fits. `read` and `write` keep their identity.
 */
export function useUrlState<State>(url: {
  read: (params: URLSearchParams) => { state: State; notes: string[] }
  write: (state: State) => string
}): { state: State; notes: string[]; setState: (change: (state: State) => State) => void } {
  const { read, write } = url
  const query = useSearchParams().toString()
  const fromUrl = useMemo(() => read(new URLSearchParams(query)), [query, read])
  const [own, setOwn] = useState<{ state: State; from: string } | null>(null)
  // Addresses of our own: the one that is shown, and those on their way, which the router shows a moment later.
  const written = useRef<string[]>([])
  // An address that is not of our own writing, by a link or by going back, is another state.
  const isMine = (held: typeof own) =>
    held !== null && (held.from === query || written.current.includes(query))
  const state = own && isMine(own) ? own.state : fromUrl.state

  useEffect(() => {
    const shown = written.current.indexOf(query)
    if (shown > 0) written.current.splice(0, shown)
  }, [query])

  useEffect(() => {
    if (!own || own.state !== state) return
    const next = write(own.state)
    const wanted = new URLSearchParams(next).toString()
    if (written.current.at(-1) === wanted) return
    const follow = () => {
      leave()
      written.current.push(wanted)
      // Moving about in a screen is no page turn: going back leaves it, as one expects.
      window.history.replaceState(null, '', `${window.location.pathname}${next}`)
    }
    const timer = setTimeout(follow, writeMs)
    // What is pressed next may lead away, and an address that changes while one is on the way calls one back.
    const pressed = ['pointerdown', 'keydown'] as const
    for (const name of pressed) window.addEventListener(name, follow, true)
    const leave = () => {
      clearTimeout(timer)
      for (const name of pressed) window.removeEventListener(name, follow, true)
    }

    return leave
  }, [own, state, write])

  return {
    state,
    notes: own ? [] : fromUrl.notes,
    setState: (change) =>
      setOwn((before) => ({
        state: change(before && isMine(before) ? before.state : fromUrl.state),
        from: query,
      })),
  }
}
