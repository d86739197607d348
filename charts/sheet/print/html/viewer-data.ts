import { studyFileToYaml } from '#study'
import type { ComposedSheet } from '../../compose-sheet.ts'
import type { ViewerData } from './viewer/data.ts'

/** What the viewer shows of a study: all of its cells, whichever of them the view of the sheet does. */
export function viewerData(sheet: ComposedSheet): { data: ViewerData; images: string[] } {
  const { document, embedded, plan, cells, theme } = sheet
  const letters = { queued: 'q', rendering: 'q', done: 'p', failed: 'f', excluded: 'x' } as const
  const states = new Array<string>(plan.size).fill('q')
  const pictures = new Array<number>(plan.size).fill(-1)
  const numbers = new Map<string, number>()
  const errors: Record<string, string> = {}

  for (const { seq, status, image, error } of cells) {
    states[seq] = image || status !== 'done' ? letters[status] : 'q'
    if (status === 'failed' && error) errors[seq] = error
    if (status !== 'done' || !image) continue
    if (!numbers.has(image)) numbers.set(image, numbers.size)
    pictures[seq] = numbers.get(image)!
  }

  return {
    images: [...numbers.keys()],
    data: {
      title: document.title,
      subtitle: document.subtitle,
      axes: plan.axes.map(({ name, points }) => ({ name, points: points.map(({ label }) => ({ label })) })),
      view: embedded.view,
      theme: theme === 'dark' ? 'dark' : 'light',
      cell: document.pictures.picture,
      states: states.join(''),
      pictures,
      errors,
      conditions: document.conditions,
      footer: document.footer.lines,
      file: studyFileToYaml(embedded.file),
    },
  }
}

/** The same without pictures that turned out not to be there: their cells are as if not rendered. */
export function withoutPictures(data: ViewerData, missing: ReadonlySet<number>): ViewerData {
  if (missing.size === 0) return data
  const isGone = (seq: number) => missing.has(data.pictures[seq]!)

  return {
    ...data,
    states: [...data.states].map((state, seq) => (isGone(seq) ? 'q' : state)).join(''),
    pictures: data.pictures.map((picture, seq) => (isGone(seq) ? -1 : picture)),
  }
}
