export {
  chooseDevice,
  cudaNeeds,
  type DeviceName,
  deviceCandidates,
  installCuda,
  lookAtDevices,
  nvidiaGpus,
  type Proof,
  proveDevice,
  providerLibraries,
  readDevice,
  renderingEnvironment,
  thisHost,
  thisInstaller,
} from './devices/index.ts'
export { decodePicture, tilePictures } from './image/index.ts'
export { type Distance, openDistance } from './networks/index.ts'
export {
  fileHash,
  findPacks,
  type KnownFile,
  knownFile,
  knownFiles,
  type LooseFile,
  loadPack,
  looseFiles,
  type Pack,
  packInfo,
} from './pack/index.ts'
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
