/** Cuts of one size being augmented in place: data is [count, 3, height, width]. */
export interface Batch {
  data: Float32Array
  count: number
  width: number
  height: number
}

/** Turns a gradient by an operation's output into one by its input, in place; same shape as the batch. */
export type Adjoint = (gradient: Float32Array) => void

/** Adjoint of an operation that did nothing, or only added something. */
export const unchanged: Adjoint = () => {}
