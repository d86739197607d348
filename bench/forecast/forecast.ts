import { machine, type Report } from '../report.ts'
import { measureCost } from './measure-cost.ts'
import { measureMemory } from './measure-memory.ts'

/** The forecasts of memory and time (`ours`) against what renders really took (`theirs`). */
export async function forecast(): Promise<Report> {
  return {
    name: 'forecast',
    machine: machine(),
    rows: [...(await measureMemory()), ...(await measureCost())],
  }
}
