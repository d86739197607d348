import { Graph, type Value, vjp, writeModel } from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Lpips } from './index.ts'
import { lazy } from './lazy.ts'
import { lpips, lpipsMultiple, lpipsTaps } from './lpips.ts'
import { PerSize } from './per-size.ts'
import { type DeviceOptions, lowered, openSession } from './session.ts'

/** LPIPS of a pack. The taps of the last reference stay, since a render compares with one picture throughout. */
export function openLpips(file: TensorFile, device: DeviceOptions): Lpips & { release(): Promise<void> } {
  const networks = new PerSize(lpipsMultiple, (size) => {
    const [width, height] = size
    const taps = lazy(() => {
      const picture = new Graph(lowered(device, 'small')).input('x', [1, 3, height, width])

      return openSession(writeModel({ inputs: [picture], outputs: lpipsTaps(picture, file) }), device)
    })
    const comparison = lazy(() => {
      const graph = new Graph(lowered(device, 'small'))
      const { x, reference, distance } = lpips(graph, file, size)
      const one = graph.constant(Float32Array.of(1), [1, 1, 1, 1])
      const [gradient] = vjp({ outputs: [distance], cotangents: [one], wrt: [x] }) as [Value]

      return openSession(writeModel({ inputs: [x, ...reference], outputs: [distance, gradient] }), device)
    })
    let known: { picture: Float32Array; taps: Float32Array[] } | null = null

    return {
      async compare(x: Float32Array, picture: Float32Array) {
        if (known === null || picture.some((value, k) => value !== known!.picture[k]))
          known = { picture: picture.slice(), taps: await (await taps.get()).run([picture]) }

        return (await comparison.get()).run([x, ...known.taps])
      },
      async release() {
        known = null
        for (const session of [taps, comparison]) await session.release()
      },
    }
  })

  return {
    async distance(x, reference, size) {
      const [value, gradient] = await (await networks.get(size)).compare(x, reference)

      return { value: value![0]!, gradient: gradient! }
    },
    release: () => networks.release(),
  }
}
