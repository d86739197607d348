import { Command } from 'commander'
import { say, wrongUse } from '../output.ts'

interface Options {
  port?: number
  demo?: boolean
  open: boolean
}

export const startCommand = () =>
  new Command('start')
    .description('Start everything on this machine: Postgres, Temporal, worker and dashboard')
    .option('--port <n>', 'port of the dashboard; the next free one when it is taken', portOf)
    .option('--demo', 'start the bundled sample study again')
    .option('--no-open', 'do not open a browser')
    .action(async ({ port, demo, open }: Options) => {
      const { runStack } = await import('../../scripts/stack/index.ts')
      await runStack({ ...(port ? { port } : {}), demo: demo ?? false, open, say })
    })

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw wrongUse(`--port must be a whole number from 1 to 65535, but is ${text}.`)

  return port
}
