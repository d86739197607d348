import { TeststripError } from '#study'
import { log } from './log.ts'
import { motor } from './motor.ts'
import { readStudy } from './read-study.ts'

export type Command =
  | { do: 'pause'; mode: 'soft' | 'hard' }
  | { do: 'resume' }
  | { do: 'cancel' }
  | { do: 'retry'; seqs?: number[] }

/** Passes a person's command to the motor, which answers once the ledger says so too. */
export async function commandStudy(id: string, command: Command): Promise<void> {
  const study = await readStudy(id)
  if (study.status === 'draft') throw new TeststripError('conflict', 'This study is a draft; start it first.')

  await obey(id, command)
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
