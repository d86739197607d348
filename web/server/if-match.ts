import { TeststripError } from '#study'

/** The edition that a request says it was made from, as `If-Match: "3"`; undefined when it does not say. */
export function editionOf(request: Request): number | undefined {
  const tag = request.headers.get('if-match')
  if (tag === null || tag === '*') return undefined
  const edition = /^"?(\d{1,9})"?$/.exec(tag.trim())?.[1]
  if (edition === undefined)
    throw new TeststripError(
      'invalid_input',
      `If-Match must be the edition of the study, such as "3", but is ${tag}.`,
    )

  return Number(edition)
}
