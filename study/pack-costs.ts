/** What something takes at so many pixels: a·pixels + b·pixels². The square is attention's. */
export type Growth = readonly [a: number, b: number]

/** What a network takes for one picture, counted on its graphs. Memory in 32-bit numbers, work in multiply-adds. */
export interface NetworkCost {
  /** numbers in its weights */
  weights: number
  /** alive at once: only looking forwards; forwards with all kept that the gradient needs; and back */
  forward: Growth
  keeping: Growth
  backward: Growth
  /** kept from `keeping` to `backward`, part of both */
  kept: Growth
  work: Growth
  workBack: Growth
}

/** What a CLIP takes. */
export interface ClipCost {
  /** numbers in the weights of its picture and of its text half */
  weights: number
  textWeights: number
  /** alive at once for each cut, forwards and back in one run */
  alive: number
  /** multiply-adds for each cut, forwards and back */
  work: number
}

/** What LPIPS takes to compare pictures of so many pixels. */
export interface LpipsCost {
  /** numbers in its weights */
  weights: number
  /** alive at once, forwards and back in one run */
  alive: Growth
  /** multiply-adds, forwards and back */
  work: Growth
}

/** The denoiser can also compute activations again for its gradient; it does where there are many. */
export interface DenoiserCost extends NetworkCost {
  /** alive at once in forward and backward half together */
  recomputing: Growth
  /** pixels of a picture up to which activations are kept all the same */
  keepsUpTo: number
}

/** What the networks of a pack take. */
export interface PackCosts {
  denoiser: DenoiserCost
  secondary: NetworkCost | null
  /** by name */
  clip: Record<string, ClipCost>
  lpips: LpipsCost | null
}

export const grown = ([a, b]: Growth, pixels: number): number => a * pixels + b * pixels ** 2

const nothing: DenoiserCost = {
  weights: 0,
  forward: [0, 0],
  keeping: [0, 0],
  backward: [0, 0],
  kept: [0, 0],
  work: [0, 0],
  workBack: [0, 0],
  recomputing: [0, 0],
  keepsUpTo: 0,
}

/** Of a pack that is only described: networks that take nothing. */
export const noCosts: PackCosts = { denoiser: nothing, secondary: null, clip: {}, lpips: null }
