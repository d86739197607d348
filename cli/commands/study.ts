import { Command } from 'commander'
import { studyArchiveCommand, studyDeleteCommand, studyRestoreCommand } from './study-archive.ts'
import { studyCheckCommand } from './study-check.ts'
import {
  studyAgainCommand,
  studyCancelCommand,
  studyLanesCommand,
  studyPauseCommand,
  studyPriorityCommand,
  studyResumeCommand,
  studyRetryCommand,
  studySkipCommand,
  studyUnskipCommand,
} from './study-control.ts'
import { studyExportCommand } from './study-export.ts'
import { studyExtendCommand } from './study-extend.ts'
import { studyImportCommand } from './study-import.ts'
import { studyRunCommand } from './study-run.ts'
import { studyStatusCommand } from './study-status.ts'

export function studyCommand(): Command {
  const study = new Command('study').description('Check, run and steer studies').helpCommand(false)
  const commands = [
    studyCheckCommand(),
    studyRunCommand(),
    studyStatusCommand(),
    studyPauseCommand(),
    studyResumeCommand(),
    studyCancelCommand(),
    studyRetryCommand(),
    studySkipCommand(),
    studyUnskipCommand(),
    studyPriorityCommand(),
    studyLanesCommand(),
    studyAgainCommand(),
    studyExtendCommand(),
    studyExportCommand(),
    studyImportCommand(),
    studyArchiveCommand(),
    studyRestoreCommand(),
    studyDeleteCommand(),
  ]
  for (const command of commands) study.addCommand(command)

  return study
}
