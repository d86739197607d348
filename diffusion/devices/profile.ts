import type { Lowering } from '../graph/index.ts'
import type { DeviceKind } from './device-name.ts'

/** How networks are written, run and proved on one kind of device. */
export interface Profile {
  lowering: Lowering
  /**
   * How activations get from the forward to the backward half of a network: in memory that both read (`shared`), in
   * buffers that stay on the device (`resident`), or not at all (`none`), so that both halves are one run.
   */
  crossing: 'shared' | 'resident' | 'none'
  /** Nodes without a kernel of the device: an error, or left to the processor (right, but slow). */
  fallback: 'refused' | 'allowed'
  /** Largest relative error against the processor with which the device counts as right. */
  tolerance: number
}

/**
 * Flipped weights are fastest on processors; transposed convolutions need no second copy of the weights, and CUDA has
 * its own kernel for them. Errors of a right device are below 1e-5 in float32; in float16 a ReLU now and then falls on
 * the other side of its kink, which the gradient shows.
 */
const profiles: Record<DeviceKind, Profile> = {
  cpu: {
    lowering: { convBackward: 'flip', winograd: true, pictures: 1, lacks: [], half: false },
    crossing: 'shared',
    fallback: 'allowed',
    tolerance: 0,
  },
  webgpu: {
    lowering: {
      convBackward: 'transpose',
      winograd: false,
      pictures: 'pictures',
      lacks: [],
      half: false,
    },
    crossing: 'resident',
    fallback: 'refused',
    tolerance: 1e-3,
  },
  cuda: {
    lowering: {
      convBackward: 'transpose',
      winograd: false,
      pictures: 'pictures',
      lacks: ['Asin'],
      half: true,
    },
    crossing: 'none',
    fallback: 'allowed',
    tolerance: 5e-2,
  },
}

export function profileOf(kind: DeviceKind): Profile {
  return profiles[kind]
}
