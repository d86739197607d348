import type { Draws } from './draws.ts'
import { addGrain } from './grain.ts'
import { PairedStream } from './paired-stream.ts'
import { decodeTorchState, encodeTorchState } from './torch-state.ts'
import { TorchStream } from './torch-stream.ts'

/** What a draw is for. The numbers are part of the picture: never change or reuse one. */
const purposes = {
  fuzzy: 1,
  start: 2,
  step: 3,
  crop: 4,
  flip: 5,
  augmentationNoise: 6,
  affine: 7,
  perspective: 8,
  gray: 9,
  jitter: 10,
  perlin: 11,
} as const

/** Where in a render a draw belongs. */
export interface Place {
  purpose: keyof typeof purposes
  /**
   * Timestep of the diffusion step. Not the step's number: at a given tau a study over skip_steps, and over
   * steps where their timesteps meet, then sees the same noise and the same cuts.
   */
  tau?: number
  /** CLIP by name, so that switching another one on moves nothing */
  model?: string
  /** 0 .. cutn_batches - 1 */
  batch?: number
  /** link of the augmentation chain */
  part?: number
  /** one cut, or one prompt */
  row?: number
}

/**
 * All randomness of a render. `torch` is one stream drawn in program order and blind to places;
 * `paired` has a stream per place, so changing a parameter leaves every other draw as it was.
 */
export interface NoiseSource {
  readonly mode: 'torch' | 'paired'
  draws(place: Place): Draws
  /** N(0, 1) values [rows.length, length]: one fill in torch, one stream per row in paired */
  normals(place: Place, rows: readonly number[], length: number): Float32Array
  /** adds deviation · N(0, 1) to `into` [rows.length, …], of numbers by the million; one fill or streams, as `normals` */
  grain(place: Place, rows: readonly number[], into: Float32Array, deviation: number): void
  /** bytes that `restore` continues from, bit for bit */
  save(): Uint8Array
  restore(state: Uint8Array): void
  /** the next two 24-bit values (torch only): shows at which step a draw was missed */
  peek(): Int32Array | null
}

export function createNoise(options: { mode: 'torch' | 'paired'; seed: number }): NoiseSource {
  return options.mode === 'torch' ? torchNoise(new TorchStream(options.seed)) : pairedNoise(options.seed)
}

/** A noise source over a given torch stream, for runs continued from a recorded state. */
export function torchNoise(stream: TorchStream): NoiseSource {
  return {
    mode: 'torch',
    draws: () => stream,
    normals: (_place, rows, length) => stream.normal(rows.length * length),

    grain(_place, _rows, into, deviation) {
      const normals = stream.normal(into.length)
      const scale = Math.fround(deviation)

      for (let i = 0; i < into.length; i++) into[i]! += Math.fround(scale * normals[i]!)
    },

    save: () => encodeTorchState(stream.state()),
    restore: (state) => stream.restore(decodeTorchState(state)),
    peek: () => stream.peek(2),
  }
}

function pairedNoise(seed: number): NoiseSource {
  const stream = (place: Place, row: number) => new PairedStream(seed, address(place, row))

  return {
    mode: 'paired',
    draws: (place) => stream(place, place.row ?? 0),

    normals(place, rows, length) {
      const out = new Float32Array(rows.length * length)

      rows.forEach((row, i) => {
        stream(place, row).fillNormal(out, i * length, length)
      })

      return out
    },

    grain(place, rows, into, deviation) {
      const count = into.length / rows.length

      rows.forEach((row, i) => {
        addGrain(Uint32Array.from(address(place, row)), seed, into, {
          at: i * count,
          count,
          scale: deviation,
        })
      })
    },

    save: () => new Uint8Array(0),
    restore() {},
    peek: () => null,
  }
}

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

function address(place: Place, row: number): [number, number, number, number] {
  float[0] = place.tau ?? 0
  const what = purposes[place.purpose] | ((place.part ?? 0) << 8) | ((place.batch ?? 0) << 16)

  return [what, bits[0]!, hashName(place.model ?? ''), row]
}

/** FNV-1a, 32 bit. */
function hashName(name: string): number {
  let hash = 0x811c9dc5

  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)

  return hash >>> 0
}
