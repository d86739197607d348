import type { Plan, View } from '#study'

/** What the viewer knows of a study: written into the page as JSON by the printer. */
export interface ViewerData {
  title: string
  subtitle: string[]
  axes: { name: string; points: { label: string }[] }[]
  view: View
  theme: 'light' | 'dark'
  /** Size of the largest picture in pixels. */
  cell: { width: number; height: number }
  /** One letter per cell by its place in the plan: picture, queued, failed, excluded. */
  states: string
  /** Number of the picture of each cell, -1 without one; equal pictures share a number. */
  pictures: number[]
  /** Why cells failed, by their place. */
  errors: Record<string, string>
  /** Paths of the pictures beside the page; without it they are inside, in elements `p0`, `p1` … */
  paths?: string[]
  /** Contact sheets of small pictures, `per` × `per` each, for when many cells are in sight. */
  tiles?: { paths: string[]; per: number }
  conditions: { heading: string; entries: { name: string; value: string }[] }
  footer: string[]
  /** The study file, to be saved. */
  file: string
}

/** The part of a plan that `gridOf` reads. */
export const planOf = (data: ViewerData): Pick<Plan, 'axes'> => data as unknown as Pick<Plan, 'axes'>

export function readData(): ViewerData {
  return JSON.parse(document.getElementById('viewer-data')!.textContent!) as ViewerData
}

/** The address of a picture: beside the page, or made once of what is inside it. */
export function pictureSource(data: ViewerData): (picture: number) => string {
  const made = new Map<number, string>()

  return (picture) => {
    if (data.paths) return data.paths[picture]!
    const known = made.get(picture)
    if (known) return known

    const element = document.getElementById(`p${picture}`)!
    const bytes = Uint8Array.from(atob(element.textContent!), (letter) => letter.charCodeAt(0))
    const url = URL.createObjectURL(new Blob([bytes], { type: element.dataset.type }))
    made.set(picture, url)

    return url
  }
}

/** Where in the contact sheets a picture's small copy is. */
export function tileOf(
  data: ViewerData,
  picture: number,
): { path: string; column: number; row: number; per: number } | null {
  if (!data.tiles) return null
  const { paths, per } = data.tiles
  const place = picture % (per * per)

  return {
    path: paths[Math.floor(picture / (per * per))]!,
    column: place % per,
    row: Math.floor(place / per),
    per,
  }
}
