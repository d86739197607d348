import { validate } from 'uuid'
import { z } from 'zod'
import { TeststripError } from '#study'

/** Checks rows as they come from the database, once. */
export const parseRows = <T extends z.ZodType>(row: T, rows: unknown[]): z.infer<T>[] =>
  z.array(row).parse(rows)

/** A study id from a URL may be anything; Postgres would only complain about its syntax. */
export const isStudyId = (id: string): boolean => validate(id)

export const noSuchStudy = (id: string): TeststripError =>
  new TeststripError(
    'not_found',
    `There is no study '${id}'. It may have been deleted; the library lists those that exist.`,
  )

export const assertStudyId = (id: string): void => {
  if (!isStudyId(id)) throw noSuchStudy(id)
}
