import { engine } from './engine/engine.ts'
import { firstSheet } from './first-sheet.ts'
import { forecast } from './forecast/forecast.ts'
import { type Report, toTable } from './report.ts'

/** `npm run bench -- NAME [--json]`: a table, or one JSON object on standard output. */
const benches: Record<string, () => Promise<Report>> = { engine, 'first-sheet': firstSheet, forecast }

const [name = '', ...flags] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  console.error(`There is no benchmark "${name}"; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const report = await bench()
console.log(flags.includes('--json') ? JSON.stringify(report) : toTable(report))
process.exit(0)
