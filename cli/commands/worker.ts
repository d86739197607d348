import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { TeststripError } from '#study'
import { wrongUse } from '../output.ts'

const root = resolve(import.meta.dirname, '../..')

export const workerCommand = () =>
  new Command('worker')
    .description('Join the fleet of DATABASE_URL and TEMPORAL_ADDRESS; logs are JSON lines on stdout')
    .addOption(
      new Option('--role <role>', 'what it does').choices(['studio', 'render', 'all']).default('all'),
    )
    .option('--devices <list>', 'what it renders on, as cuda:0,cuda:1 (cpu, webgpu, cuda:N)', 'auto')
    .option('--batch <n>', 'renders that each device steps together', '1')
    .action(work)

async function work({
  role,
  devices,
  batch,
}: {
  role: string
  devices: string
  batch: string
}): Promise<void> {
  if (!process.env.DATABASE_URL)
    throw wrongUse('DATABASE_URL is not set: a worker has to be told which database it works for.')
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      resolve(root, 'worker/main.ts'),
      '--role',
      role,
      '--devices',
      devices,
      '--batch',
      batch,
    ],
    { stdio: 'inherit', cwd: root },
  )
  // The worker finishes what it holds; the wait below ends with it.
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', pass)
  process.on('SIGTERM', pass)

  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (code !== 0)
    throw new TeststripError('internal', `The worker ended ${signal ? `by ${signal}` : `with code ${code}`}.`)
}
