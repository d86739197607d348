import { machine, type Report } from '../report.ts'
import { measureCost } from './measure-cost.ts'
import { measureMemory } from './measure-memory.ts'

const parts = { memory: measureMemory, seconds: measureCost }

/**
 * The forecasts of memory and time (`ours`) against what renders really took (`theirs`).
 *
 * @param wanted names of parts; both when it is empty
 */
export async function forecast(wanted: readonly string[]): Promise<Report> {
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0)
    throw new Error(`There is no part "${unknown.join('", "')}"; there are ${Object.keys(parts).join(', ')}.`)
  const rows: Report['rows'] = []
  for (const [name, measure] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await measure()))

  return { name: 'forecast', machine: machine(), rows }
}
