import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** First and last number of each tensor of a checkpoint that was written. */
export type Ends = Record<string, [first: number, last: number]>

export interface WriterJob {
  /** File of names and shapes. */
  keys: string
  container: 'zip' | 'legacy' | 'openclip' | 'torchscript' | 'huge'
  dtype: 'float32' | 'float16' | 'bfloat16'
  path: string
}

/** A Python that can write checkpoints: that of TESTSTRIP_PYTHON, else one on PATH; null when none has torch. */
export function findTorch(): string | null {
  const candidates = process.env.TESTSTRIP_PYTHON ? [process.env.TESTSTRIP_PYTHON] : ['python3', 'python']
  const code = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)'

  return candidates.find((python) => spawnSync(python, ['-c', code]).status === 0) ?? null
}

/** One Python that writes checkpoints on demand, since importing torch takes longest. */
export function startTorchWriter(python: string) {
  const script = join(import.meta.dirname, 'checkpoints/write_full_size.py')
  const child = spawn(python, [script], {
    env: { ...process.env, OMP_NUM_THREADS: '2' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${python} ended before it wrote the checkpoint`)

    return value as string
  }
  const ready = answer()

  return {
    async write(job: WriterJob): Promise<Ends> {
      await ready
      child.stdin.write(`${JSON.stringify(job)}\n`)

      return JSON.parse(await answer()) as Ends
    },
    stop(): void {
      child.kill()
    },
  }
}
