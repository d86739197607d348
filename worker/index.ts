export { type Environment, type Role, readEnvironment } from './environment.ts'
export { createLog, installRuntime } from './log.ts'
export type { OpenRenderer, RenderEnding, RenderHooks, RenderJob } from './renderer/renderer.ts'
export { type StartWorkerOptions, startWorker } from './start-worker.ts'
