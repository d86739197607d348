import { type DeviceLimits, limitDevices } from '#prisma'
import { TeststripError } from '#study'
import { ledger } from './ledger.ts'
import { log } from './log.ts'
import { motor } from './motor.ts'
import { readStudy } from './read-study.ts'
import { restartStudy } from './start-study.ts'

export type Command =
  | { do: 'pause'; mode: 'soft' | 'hard' }
  | { do: 'resume' }
  | { do: 'cancel' }
  | { do: 'retry'; seqs?: number[]; limits?: DeviceLimits }

/** Passes a person's command to the motor, which answers once the ledger says so too. */
export async function commandStudy(id: string, command: Command): Promise<void> {
  const study = await readStudy(id)
  if (study.status === 'draft') throw new TeststripError('conflict', 'This study is a draft; start it first.')

  if (command.do === 'retry' && command.limits)
    await limitDevices(ledger(), { pack: study.file.pack }, command.limits)
  // Edited while it was paused: what is new has to be expanded before it is gone on with.
  if (command.do === 'resume' && study.status === 'paused' && study.expanded !== study.edition)
    await restartStudy(study)
  else await obey(id, command)
  log().info({ study: id, ...command }, 'study commanded')
}

async function obey(id: string, command: Command): Promise<unknown> {
  const engine = await motor()
  switch (command.do) {
    case 'pause':
      return engine.pause(id, command.mode)
    case 'resume':
      return engine.resume(id)
    case 'cancel':
      return engine.cancel(id)
    case 'retry':
      return engine.retryFailed(id, command.seqs)
  }
}
