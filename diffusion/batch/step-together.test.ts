import { describe, expect, it } from 'vitest'
import type { Networks } from '../networks/index.ts'
import { stepTogether } from './step-together.ts'

/** Networks that are arithmetic, so that every answer shows whether it belongs to its question. */
function arithmetic(runs: string[]): Networks {
  const each = (x: Float32Array, times: readonly number[]) =>
    x.map((value, k) => value + times[Math.floor((k * times.length) / x.length)]!)

  return {
    denoiser: {
      async epsilon(x, _size, taus) {
        runs.push(`epsilon ${taus}`)

        return each(x, taus)
      },
      async vjp(x, _size, taus, _abars, g) {
        runs.push(`back ${taus}`)

        return { epsilon: each(x, taus), gradient: each(g, taus) }
      },
    },
    secondary: {
      async predict(x, _size, ts) {
        runs.push(`predict ${ts}`)

        return each(x, ts)
      },
      async vjp(_x, _size, ts, g) {
        return each(g, ts)
      },
    },
    clip: [],
    lpips: null,
    async release() {},
  }
}

const size = [1, 1] as const
const picture = (value: number) => Float32Array.of(value, value, value)

/** Steps as a render takes them: eps, then the secondary model's guess or the denoiser's gradient. */
async function steps(networks: Networks, count: number, name: number, withSecondary = true) {
  for (let step = 0; step < count; step++) {
    const time = 10 * name + step
    expect(await networks.denoiser.epsilon(picture(name), size, [time], [1])).toEqual(picture(name + time))
    if (withSecondary)
      expect(await networks.secondary!.predict(picture(name), size, [time])).toEqual(picture(name + time))
    else {
      const back = await networks.denoiser.vjp(picture(name), size, [time], [1], picture(100))
      expect([back.epsilon, back.gradient]).toEqual([picture(name + time), picture(100 + time)])
    }
  }
}

describe('renders stepped together', () => {
  it('share every run, and each gets its own pictures of it', async () => {
    const runs: string[] = []
    const together = stepTogether(arithmetic(runs), size)
    const seats = [1, 2, 3].map(() => together.join())

    await Promise.all(
      seats.map(async ({ networks, leave }, k) => {
        await steps(networks, 2, k + 1)
        leave()
      }),
    )

    expect(runs).toEqual(['epsilon 10,20,30', 'predict 10,20,30', 'epsilon 11,21,31', 'predict 11,21,31'])
    expect(together.members).toBe(0)
  })

  it('meet at the beginning of a step when their steps differ, and leave there', async () => {
    const runs: string[] = []
    const together = stepTogether(arithmetic(runs), size)
    const [long, short] = [together.join(), together.join()]

    await Promise.all([
      steps(long.networks, 3, 1).then(long.leave),
      steps(short.networks, 2, 2, false).then(short.leave),
    ])

    expect(runs).toEqual([
      'epsilon 10,20',
      'predict 10',
      'back 20',
      'epsilon 11,21',
      'predict 11',
      'back 21',
      'epsilon 12',
      'predict 12',
    ])
  })

  it('do not wait for one whose events nobody reads', async () => {
    const runs: string[] = []
    const together = stepTogether(arithmetic(runs), size)
    const [read, unread] = [together.join(), together.join()]
    unread.pause()
    await steps(read.networks, 1, 1)
    unread.resume()
    await Promise.all([steps(read.networks, 1, 3), steps(unread.networks, 1, 4)])

    expect(runs).toEqual(['epsilon 10', 'predict 10', 'epsilon 30,40', 'predict 30,40'])
  })

  it('lose one that is cancelled while it waits, and go on', async () => {
    const runs: string[] = []
    const together = stepTogether(arithmetic(runs), size)
    const stop = new AbortController()
    const [stays, goes] = [together.join(), together.join(stop.signal)]
    const gone = goes.networks.denoiser.epsilon(picture(2), size, [20], [1]).finally(goes.leave)
    stop.abort()

    await expect(gone).rejects.toMatchObject({ code: 'cancelled' })
    await steps(stays.networks, 1, 1)
    expect(runs).toEqual(['epsilon 10', 'predict 10'])
  })

  it('all hear of a run that fails', async () => {
    const broken = arithmetic([])
    broken.denoiser.epsilon = async () => {
      throw new Error('no device')
    }
    const together = stepTogether(broken, size)
    const seats = [together.join(), together.join()]
    const ends = await Promise.allSettled(
      seats.map(({ networks }) => networks.denoiser.epsilon(picture(1), size, [1], [1])),
    )

    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
