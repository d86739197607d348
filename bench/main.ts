import { engine } from './engine/engine.ts'
import { firstSheet } from './first-sheet.ts'
import { forecast } from './forecast/forecast.ts'
import { motor } from './motor/motor.ts'
import { type Report, toTable } from './report.ts'
import { sheet } from './sheet/sheet.ts'
import { viewer } from './viewer/viewer.ts'

/** `npm run bench -- NAME [PART …] [--json]`: a table, or one JSON object on standard output. `engine`, `forecast`, `motor` and `sheet` have parts. */
const benches: Record<string, (parts: readonly string[]) => Promise<Report>> = {
  engine,
  'first-sheet': firstSheet,
  forecast,
  motor,
  sheet,
  viewer,
}

const [name = '', ...rest] = process.argv.slice(2)
const flags = rest.filter((word) => word.startsWith('--'))
const parts = rest.filter((word) => !word.startsWith('--'))
const bench = benches[name]
if (!bench) {
  console.error(`There is no benchmark "${name}"; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const report = await bench(parts)
console.log(flags.includes('--json') ? JSON.stringify(report) : toTable(report))
process.exit(0)
