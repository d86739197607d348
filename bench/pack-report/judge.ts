import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Caption {
  /** name of its picture inside the folder */
  file: string
  caption: string
}

/** Shares of pictures in which the judge saw what the caption asks for, 0 … 1. */
export interface Judged {
  pictures: number
  subject: number
  sky: number
  ground: number
  colour: number
  style: number
  /** share of pictures whose own caption is the nearest of 64 to the pack's CLIP */
  retrieval?: number
  'by subject': Record<string, number>
}

/** The training project, which holds what pictures are judged by: captions, an independent classifier, held-out scenes. */
export interface Training {
  captions(folder: string, count: number): Caption[]
  judge(folder: string): Judged
  retrieval(): Record<string, number>
}

/** Installs the training project and trains its judge, where that was not done yet (some ten minutes). */
export function openTraining(folder: string, say: (line: string) => void): Training {
  const python = join(folder, '.venv', 'bin', 'python')
  const run = (command: string, args: string[]) => {
    const { status, stdout, error } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (error || status !== 0)
      throw new Error(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}`)

    return stdout
  }
  const starter = (...args: string[]) => run(python, ['-m', 'starter', ...args])

  if (!existsSync(python)) {
    say('Installing what judges the pictures (once)')
    run('python3', ['-m', 'venv', '.venv'])
    run(python, ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt'])
  }
  if (!existsSync(join(folder, 'data'))) {
    say('Drawing the scenes (once)')
    starter('data')
  }
  if (!existsSync(join(folder, 'runs', 'judge', 'checkpoint.pt'))) {
    say('Training the judge (once)')
    starter('judge')
  }

  return {
    captions(target, count) {
      starter('captions', target, '--count', String(count))

      return JSON.parse(readFileSync(join(target, 'captions.json'), 'utf8'))
    },
    judge(target) {
      starter('judge-folder', target)

      return JSON.parse(readFileSync(join(target, 'judged.json'), 'utf8'))
    },
    retrieval: () => JSON.parse(starter('retrieval').trim().split('\n').at(-1)!),
  }
}
