export { fromHalf, readTensor } from './read-tensor.ts'
export { readWeights } from './read-weights.ts'
export { joinFiles, type TensorEntry, type TensorFile, type TensorType } from './tensor-file.ts'
