/** `boats, #for Ada` as tags: each once, at most twenty of forty letters. */
export const tagsOf = (text: string): string[] =>
  [
    ...new Set(text.split(',').flatMap((part) => part.trim().replace(/^#/, '').trim().slice(0, 40) || [])),
  ].slice(0, 20)
