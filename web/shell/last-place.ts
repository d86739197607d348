const key = 'teststrip.place'
const lookMs = 2_000

/** Where someone was last: a screen of a study, as its address has it. */
export interface LastPlace {
  href: string
  /** As in the bar: the study, and what of it was looked at. */
  title: string
  at: number
}

const isWorthIt = (path: string): boolean => /^\/(studies\/|new$)/.test(path)

/** Keeps the place of this tab until the returned function is called; an address changes without a word, so it is looked at. */
export function keepPlace(titleOf: () => string): () => void {
  let last = ''
  const look = () => {
    const href = window.location.pathname + window.location.search
    if (href === last || document.hidden || !isWorthIt(window.location.pathname)) return
    last = href
    const place: LastPlace = { href, title: titleOf(), at: Date.now() }
    try {
      localStorage.setItem(key, JSON.stringify(place))
    } catch {
      // A browser that keeps nothing only does not offer to resume.
    }
  }
  look()
  const timer = setInterval(look, lookMs)

  return () => clearInterval(timer)
}

/** Null where nothing was kept, or what was makes no sense. */
export function lastPlace(): LastPlace | null {
  try {
    const place = JSON.parse(localStorage.getItem(key) ?? 'null') as LastPlace | null
    const url = new URL(place?.href ?? '', window.location.origin)

    return place && url.origin === window.location.origin && isWorthIt(url.pathname) ? place : null
  } catch {
    return null
  }
}

export function forgetPlace(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // There was none to forget.
  }
}
