import { parentPort } from 'node:worker_threads'
import type { WordRows } from './filter-up.ts'
import { packRows } from './pack-rows.ts'

/** What a thread is asked: memory is shared, so nothing is copied. */
export interface PackingJob {
  rows: WordRows
  out: Uint32Array
}

parentPort!.on('message', ({ rows, out }: PackingJob) => parentPort!.postMessage(packRows(rows, out)))
