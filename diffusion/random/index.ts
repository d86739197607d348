export { between, type Draws } from './draws.ts'
export { createNoise, type NoiseSource, type Place, torchNoise } from './noise-source.ts'
export { type TorchState, TorchStream } from './torch-stream.ts'
