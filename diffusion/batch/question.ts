import { joined } from '../networks/pictures.ts'

/** What a render asks of a network: arrays and times of N pictures, which lie one behind the other. */
export interface Question {
  /** Questions of one kind can be answered by one run. */
  kind: string
  /** The first question of a step. */
  opens: boolean
  arrays: readonly Float32Array[]
  /** [N] each */
  times: readonly (readonly number[])[]
  run: Run
}

type Run = (
  arrays: readonly Float32Array[],
  times: readonly (readonly number[])[],
) => Promise<readonly Float32Array[]>

export interface Waiting extends Question {
  answer(arrays: readonly Float32Array[]): void
  fail(error: unknown): void
}

/** One run for all; each gets its own pictures of every result. */
export async function answer(questions: readonly Waiting[]): Promise<void> {
  const [first] = questions as [Waiting]
  const gather = (pick: (question: Waiting) => readonly Float32Array[]) =>
    pick(first).map((_, k) => joined(questions.map((question) => pick(question)[k]!)))

  try {
    if (questions.length === 1) return first.answer(await first.run(first.arrays, first.times))

    const times = first.times.map((_, k) => questions.flatMap((question) => question.times[k]!))
    const results = await first.run(
      gather(({ arrays }) => arrays),
      times,
    )
    const pictures = times[0]!.length
    let from = 0

    for (const question of questions) {
      const to = from + question.times[0]!.length
      const [begin, end] = [from, to]
      question.answer(
        results.map((all) => all.slice((begin * all.length) / pictures, (end * all.length) / pictures)),
      )
      from = to
    }
  } catch (error) {
    for (const question of questions) question.fail(error)
  }
}
