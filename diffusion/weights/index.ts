export { fromHalf, readTensor } from './read-tensor.ts'
export { readSafetensors } from './safetensors.ts'
export type { TensorEntry, TensorFile, TensorType } from './tensor-file.ts'
