import { Graph, type Value, vjp, writeModel } from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Lpips, Size } from './index.ts'
import { type Lazy, lazy } from './lazy.ts'
import { lpips, lpipsMultiple, lpipsTaps } from './lpips.ts'
import { PerSize } from './per-size.ts'
import { type DeviceOptions, lowered, openSession } from './session.ts'

interface OpenLpips extends Lpips {
  /** The distance alone, at half the cost. */
  measure(x: Float32Array, reference: Float32Array, size: Size): Promise<number>
  release(): Promise<void>
}

/** LPIPS of a pack. The taps of the last reference stay, since a render compares with one picture throughout. */
export function openLpips(file: TensorFile, device: DeviceOptions): OpenLpips {
  const networks = new PerSize(lpipsMultiple, (size) => {
    const [width, height] = size
    const taps = lazy(() => {
      const picture = new Graph(lowered(device, 'small')).input('x', [1, 3, height, width])

      return openSession(writeModel({ inputs: [picture], outputs: lpipsTaps(picture, file) }), device)
    })
    const distanceAlone = lazy(() => {
      const { x, reference, distance } = lpips(new Graph(lowered(device, 'small')), file, size)

      return openSession(writeModel({ inputs: [x, ...reference], outputs: [distance] }), device)
    })
    const withGradient = lazy(() => {
      const graph = new Graph(lowered(device, 'small'))
      const { x, reference, distance } = lpips(graph, file, size)
      const one = graph.constant(Float32Array.of(1), [1, 1, 1, 1])
      const [gradient] = vjp({ outputs: [distance], cotangents: [one], wrt: [x] }) as [Value]

      return openSession(writeModel({ inputs: [x, ...reference], outputs: [distance, gradient] }), device)
    })
    let known: { picture: Float32Array; taps: Float32Array[] } | null = null
    const compareBy = (session: Lazy) => async (x: Float32Array, picture: Float32Array) => {
      if (known === null || picture.some((value, k) => value !== known!.picture[k]))
        known = { picture: picture.slice(), taps: await (await taps.get()).run([picture]) }

      return (await session.get()).run([x, ...known.taps])
    }

    return {
      measure: compareBy(distanceAlone),
      compare: compareBy(withGradient),
      async release() {
        known = null
        for (const session of [taps, distanceAlone, withGradient]) await session.release()
      },
    }
  })

  return {
    async distance(x, reference, size) {
      const [value, gradient] = await (await networks.get(size)).compare(x, reference)

      return { value: value![0]!, gradient: gradient! }
    },
    async measure(x, reference, size) {
      const [value] = await (await networks.get(size)).measure(x, reference)

      return value![0]!
    },
    release: () => networks.release(),
  }
}
