export { loadPack, type Pack, packInfo } from './pack/index.ts'
export {
  createEngine,
  createTrace,
  type Engine,
  type EngineOptions,
  type RenderEvent,
  type RenderedImage,
  type RenderMetrics,
  type RenderOptions,
  type RenderResult,
  type TraceSink,
} from './render/index.ts'
export { readMerges } from './tokenizer/index.ts'
