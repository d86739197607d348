/** Random numbers in the forms Disco Diffusion asks for. All values are exact float32 numbers. */
export interface Draws {
  /** uniform in [0, 1), a multiple of 2^-24 */
  uniform(): number
  /** 0 .. count - 1 */
  integer(count: number): number
  /** an order of 0 .. count - 1 */
  permutation(count: number): number[]
  /** independent N(0, 1) values in C order of whatever tensor they fill */
  normal(count: number): Float32Array
  /** the same draws, of which only those looked at, `length` of them from `start`, are worked out */
  sparseNormal(count: number): (start: number, length: number) => Float32Array
}

/** float32 uniform in [low, high), rounded as torch's `uniform_` does. */
export function between(draws: Draws, low: number, high: number): number {
  const width = Math.fround(high - low)

  return Math.fround(Math.fround(draws.uniform() * width) + Math.fround(low))
}
