import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { TeststripError } from '#study'

let known: Promise<boolean> | null = null

/** Is ffmpeg on PATH? Asked once. */
export function hasFfmpeg(): Promise<boolean> {
  known ??= run(['-hide_banner', '-version']).then(
    () => true,
    () => false,
  )

  return known
}

/** Runs ffmpeg to its end; its last words are told when it fails. */
export async function run(options: readonly string[], signal?: AbortSignal): Promise<void> {
  const child = spawn('ffmpeg', options, { stdio: ['ignore', 'ignore', 'pipe'], signal })
  let said = ''
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-1000)
  })
  const [code] = await once(child, 'close')
  if (code === 0) return

  throw new TeststripError('internal', `ffmpeg could not make the film: ${said.trim().split('\n').at(-1)}`)
}
