import { type Axis, parseAxis, type StudyFile } from '#study'

/** An axis with the values of a line behind its own, or why that cannot be. */
export function withValues(axis: Axis, text: string): StudyFile['axes'][number] | string {
  // A linked axis goes on as it is typed: `75 & skip_steps 10`.
  const read = parseAxis(`${axis.parameters[0]} ${text}`)
  if (!read.ok) return read.problem.message
  if (read.axis.parameters.join() !== axis.parameters.join())
    return `This axis holds ${axis.parameters.join(' and ')}: give a value of each, as in "0.5 & ${axis.parameters[1] ?? axis.parameters[0]} 1".`
  const known = new Set(axis.points.map(({ label }) => label))
  const fresh = read.axis.points.filter(({ label }) => !known.has(label))
  if (fresh.length === 0) return 'All of these values are on the axis already.'

  return { parameters: axis.parameters, points: [...axis.points, ...fresh] }
}
