export { ddim, type SamplerOptions, type SamplerStep } from './ddim.ts'
export { mirror, type Symmetry, symmetrySteps } from './symmetry.ts'
export { diffusionTables, type Spaced, type Tables } from './tables.ts'
export { combine } from './vectors.ts'
