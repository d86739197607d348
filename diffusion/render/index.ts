export { createEngine, type Engine, type EngineOptions } from './engine.ts'
export type { RenderEvent, RenderedImage, RenderMetrics, RenderOptions, RenderResult } from './events.ts'
export { createTrace, type TraceSink } from './trace.ts'
