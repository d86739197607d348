import { Command } from 'commander'
import { migrate } from '#prisma'
import { print, printJson, wrongUse } from '../output.ts'

export const migrateCommand = () =>
  new Command('migrate')
    .description('Bring the database of DATABASE_URL up to date')
    .option('--json', 'answer in JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const url = process.env.DATABASE_URL
      if (!url)
        throw wrongUse(
          'DATABASE_URL is not set: "teststrip start" keeps its own database up to date, migrate is for one of yours.',
        )
      const { applied } = await migrate(url)
      if (json) return printJson({ applied })

      print(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
    })
