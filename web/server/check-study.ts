import { makePlan, type PackInfo, type Plan, type StudyFile, TeststripError } from '#study'
import { merges } from './merges.ts'
import { pictureProblems } from './picture-problems.ts'

/** The plan of a study file, or one `invalid_input` with every sentence that speaks against it. */
export async function checkStudy(file: StudyFile, pack: PackInfo): Promise<Plan> {
  const { plan, problems: ofPlan } = makePlan(file, pack, { merges: await merges() })
  const problems = plan ? await pictureProblems(plan) : ofPlan
  if (plan && problems.length === 0) return plan

  throw new TeststripError('invalid_input', problems.map((problem) => problem.message).join(' '), {
    problems,
  })
}
