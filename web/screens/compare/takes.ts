import { cellAt, type Plan, type Recipe } from '#study'

/**
 * Every picture of a comparison has a number: as the sheet shows it, that of its cell. Another take of it, made before
 * on purpose, has one beyond those of all cells; in addresses it is `5.0`, take 0 of cell 5.
 */
export const takeNumber = (cells: number, seq: number, take: number): number => seq + (take + 1) * cells

export const cellOfNumber = (cells: number, number: number): number => number % cells

/** Null for the picture that the sheet shows. */
export const takeOfNumber = (cells: number, number: number): number | null =>
  number < cells ? null : Math.floor(number / cells) - 1

export const numberText = (cells: number, number: number): string => {
  const take = takeOfNumber(cells, number)

  return `${cellOfNumber(cells, number)}${take === null ? '' : `.${take}`}`
}

/** Null for what is no picture of a study of so many cells. */
export function numberOfText(cells: number, text: string): number | null {
  const parts = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text)
  const seq = Number(parts?.[1] ?? cells)
  if (seq >= cells) return null

  return parts![2] === undefined ? seq : takeNumber(cells, seq, Number(parts![2]))
}

export const recipeOf = (plan: Plan, number: number): Recipe =>
  cellAt(plan, cellOfNumber(plan.size, number)).recipe
