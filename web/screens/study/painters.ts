let spare: Worker | null = null

const start = (): Worker => new Worker(new URL('./field-worker.ts', import.meta.url), { type: 'module' })

/** Starts a painter before there is anything to paint: its script comes while the cells are still on their way. */
export function warmPainter(): void {
  spare ??= start()
}

/** Lets go of a painter that nobody came to take. */
export function coolPainter(): void {
  spare?.terminate()
  spare = null
}

/** A painter for one field, who ends it. */
export function takePainter(): Worker {
  const worker = spare ?? start()
  spare = null

  return worker
}
