import { type ElementType, type Node, opset } from '../graph/index.ts'

/**
 * What ONNX Runtime's CUDA provider has a kernel for, of all that our graphs could use: first and last opset, and the
 * element types of its data that matter here. From the section CUDAExecutionProvider of docs/OperatorKernels.md in
 * microsoft/onnxruntime (commit 001d12d2, written by its own generator). What is absent there is absent here: Asin.
 */
const floats = ['float', 'float16'] as const
const any = ['float', 'float16', 'int64', 'bool'] as const

const kernels: Readonly<Record<string, { from: number; to?: number; types: readonly ElementType[] }>> = {
  Abs: { from: 13, types: [...floats, 'int64'] },
  Add: { from: 14, types: [...floats, 'int64'] },
  AveragePool: { from: 11, to: 18, types: floats },
  BatchNormalization: { from: 15, types: floats },
  Cast: { from: 13, to: 18, types: [...any, 'double', 'bfloat16'] },
  Clip: { from: 13, types: floats },
  Concat: { from: 13, types: any },
  Conv: { from: 11, to: 21, types: floats },
  ConvTranspose: { from: 11, types: floats },
  Cos: { from: 7, types: floats },
  Div: { from: 14, types: [...floats, 'int64'] },
  Equal: { from: 13, types: any },
  Erf: { from: 13, types: floats },
  Exp: { from: 13, types: floats },
  Expand: { from: 13, types: any },
  Gather: { from: 13, types: any },
  Gemm: { from: 13, types: floats },
  Greater: { from: 13, types: [...floats, 'int64'] },
  If: { from: 13, to: 18, types: ['bool'] },
  LayerNormalization: { from: 17, types: floats },
  Less: { from: 13, types: [...floats, 'int64'] },
  Log: { from: 13, types: floats },
  MatMul: { from: 13, types: floats },
  Max: { from: 13, types: [...floats, 'int64'] },
  MaxPool: { from: 12, types: floats },
  Min: { from: 13, types: [...floats, 'int64'] },
  Mul: { from: 14, types: [...floats, 'int64'] },
  Neg: { from: 13, types: [...floats, 'int64'] },
  Pad: { from: 18, types: [...floats, 'bool'] },
  Pow: { from: 15, types: [...floats, 'int64'] },
  ReduceMax: { from: 18, types: [...floats, 'int64'] },
  ReduceMean: { from: 18, types: floats },
  ReduceMin: { from: 18, types: [...floats, 'int64'] },
  ReduceSum: { from: 13, types: [...floats, 'int64'] },
  ReduceSumSquare: { from: 18, types: floats },
  Relu: { from: 14, types: floats },
  Reshape: { from: 14, to: 18, types: any },
  Resize: { from: 18, to: 18, types: floats },
  Sigmoid: { from: 13, types: floats },
  Sign: { from: 13, types: [...floats, 'int64'] },
  Sin: { from: 7, types: floats },
  Size: { from: 13, types: any },
  Slice: { from: 13, types: any },
  Softmax: { from: 13, types: floats },
  Split: { from: 18, types: any },
  Sqrt: { from: 13, types: floats },
  Sub: { from: 14, types: [...floats, 'int64'] },
  Tanh: { from: 13, types: floats },
  Transpose: { from: 13, to: 20, types: any },
  Where: { from: 16, types: [...floats, 'int64'] },
}

/** The condition of a Where is no data. */
const dataInput = ({ op }: Node) => (op === 'Where' ? 1 : 0)

/** Nodes that the CUDA provider would have to leave to the processor, each in a few words. */
export function withoutCudaKernel(nodes: readonly Node[]): string[] {
  const found = nodes.flatMap((node) => {
    const kernel = kernels[node.op]
    const type = node.inputs[dataInput(node)]!.type
    const fits =
      kernel && opset >= kernel.from && opset <= (kernel.to ?? opset) && kernel.types.includes(type)

    return fits ? [] : [`${node.op} of ${type}`]
  })

  return [...new Set(found)]
}
