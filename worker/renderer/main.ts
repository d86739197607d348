import { parseArgs } from 'node:util'
import { createEngine, readDevice } from '#diffusion'
import { type FromRenderer, toRenderer } from './protocol.ts'
import { RenderLoop } from './render-loop.ts'

/**
 * The renderer process: one warm engine; jobs that run at once are stepped together. It lives as long as its worker: the channel closes with
 * the worker, however that ended. Ctrl-C reaches the whole process group; when to stop is the worker's to say.
 */
const { values } = parseArgs({ options: { device: { type: 'string' }, threads: { type: 'string' } } })

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))

const say = (message: FromRenderer): void => {
  if (process.connected) process.send!(message, undefined, undefined, () => undefined)
}

const { name: device } = readDevice(values.device ?? 'cpu')
const engine = createEngine({ device, threads: Number(values.threads) })
const loop = new RenderLoop({ engine, say })

process.on('message', (raw) => {
  const message = toRenderer.parse(raw)
  if (message.type === 'render') void loop.render(message)
  else loop.stop(message.id)
})

engine.prove().then(
  () => say({ type: 'ready' }),
  (error: Error) => say({ type: 'refused', message: error.message }),
)
