import type { Ledger } from '#prisma'
import { finishCells } from './fill-study.ts'

const perSecond = 200
const apart = 100

/** Finishes queued cells of a study at 200 a second until stopped; tells how many that were. */
export function keepFinishing(
  ledger: Ledger,
  id: string,
  options: { images: readonly string[]; from: number; to: number },
): { stop(): Promise<number> } {
  const step = (perSecond * apart) / 1000
  let at = options.from
  let stopped = false
  const run = async () => {
    // By the clock: what one turn takes too long, the next ones make up for.
    for (let due = performance.now(); !stopped && at < options.to; due += apart) {
      await finishCells(ledger, id, { images: options.images, from: at, to: at + step })
      at += step
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due + apart - performance.now())))
    }
  }
  const running = run()

  return {
    stop: async () => {
      stopped = true
      await running
      return at - options.from
    },
  }
}
