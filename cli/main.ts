import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { z } from 'zod'
import { TeststripError } from '#study'
import { devicesCommand } from './commands/devices.ts'
import { doctorCommand } from './commands/doctor.ts'
import { libraryCommand } from './commands/library.ts'
import { migrateCommand } from './commands/migrate.ts'
import { modelsCommand } from './commands/models.ts'
import { openCommand } from './commands/open.ts'
import { renderCommand } from './commands/render.ts'
import { setupCommand } from './commands/setup.ts'
import { sheetCommand } from './commands/sheet.ts'
import { startCommand } from './commands/start.ts'
import { studyCommand } from './commands/study.ts'
import { workerCommand } from './commands/worker.ts'

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))

/** Exit codes of every command. */
const exitCode = { done: 0, failed: 1, wrongUse: 2 } as const

function program(): Command {
  const teststrip = new Command('teststrip')
    .description('Parameter studies for CLIP-guided diffusion.')
    .version(version)
    .helpCommand(false)
    .showHelpAfterError('(--help lists what there is)')

  const commands = [
    startCommand(),
    renderCommand(),
    studyCommand(),
    sheetCommand(),
    openCommand(),
    libraryCommand(),
    modelsCommand(),
    workerCommand(),
    devicesCommand(),
    setupCommand(),
    migrateCommand(),
    doctorCommand(),
  ]
  for (const command of commands) teststrip.addCommand(command)
  for (const command of withChildren(teststrip))
    command.exitOverride().showHelpAfterError('(--help lists what there is)')

  return teststrip
}

function withChildren(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => withChildren(child as Command))]
}

/** Runs one command line and gives its exit code. Whatever fails is one sentence on stderr, and with --json also an object on stdout. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...argv])

    return exitCode.done
  } catch (error) {
    // Commander has already said what is wrong with the command line, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse

    const { code, message, details } = asTeststripError(error)
    process.stderr.write(`${message}\n`)
    if (argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code, message, details } })}\n`)

    return details.wrongUse === true ? exitCode.wrongUse : exitCode.failed
  }
}

function asTeststripError(error: unknown): TeststripError {
  if (error instanceof TeststripError) return error
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new TeststripError('not_found', `There is no ${path}.`)
  if (code === 'EACCES' || code === 'EPERM')
    return new TeststripError('internal', `${path} may not be read or written.`)
  if (code === 'EISDIR')
    return new TeststripError('invalid_input', `${path ?? 'What was named'} is a folder, not a file.`)
  if (code === 'ENOSPC')
    return new TeststripError('internal', `The disk is full; ${path ?? 'the file'} was not written.`)

  return new TeststripError('internal', message ?? String(error))
}
