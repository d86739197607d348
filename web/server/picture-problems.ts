import { type Plan, type Problem, pictureProblem, picturesOfPlan, shaOfReference } from '#study'
import { blobs } from './blobs.ts'

/** What speaks against the pictures of a study: names that only mean something elsewhere, and pictures not kept here. */
export async function pictureProblems(plan: Plan): Promise<Problem[]> {
  const problems: Problem[] = []

  for (const named of picturesOfPlan(plan)) {
    const sha = shaOfReference(named.name)
    const isKept = sha !== null && (await blobs().has(sha))
    if (!isKept)
      problems.push({
        message:
          pictureProblem(named) ??
          `${named.parameter} "${named.name}" is not among the pictures kept here: upload it again.`,
        parameter: named.parameter,
        ...(named.axis === undefined ? {} : { axis: named.axis }),
      })
  }

  return problems
}
