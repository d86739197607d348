import { cache } from 'react'
import { readStudy } from './read-study.ts'

/** The study of a page, read once however many parts of the page ask. */
export const pageStudy = cache(readStudy)

/** For the tab of the browser; a study that cannot be read says so in the page, not here. */
export const titleOf = (id: string): Promise<string> =>
  pageStudy(id).then(
    (study) => study.title,
    () => 'Teststrip',
  )
