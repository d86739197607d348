#!/usr/bin/env node
/** `teststrip`: the TypeScript sources are run as they are, from any folder. */
let register
try {
  ;({ register } = await import('tsx/esm/api'))
} catch {
  console.error('Teststrip is not installed completely: run npm install in its folder first.')
  process.exit(1)
}
register()

const { main } = await import('./main.ts')
process.exitCode = await main(process.argv)
