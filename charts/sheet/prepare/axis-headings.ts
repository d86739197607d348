import type { Axis } from '#study'

/**
 * The axes under the names that readers see. Words swapped and weights of words are not told by their labels, and a
 * study may have several such axes over `text_prompts`: their names say which words are meant.
 */
export const withHeadings = <P extends { axes: readonly Axis[] }>(plan: P): P => ({
  ...plan,
  axes: plan.axes.map((axis) => ({ ...axis, name: headingOf(axis) })),
})

function headingOf({ name, points }: Axis): string {
  const edit = points[0]?.edit
  if (edit?.kind === 'swap') return `${name} “${edit.find}”`
  if (edit?.kind === 'weight') return `${name} weight of “${edit.find}”`

  return name
}
