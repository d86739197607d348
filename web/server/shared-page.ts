import { cache } from 'react'
import { makePlan } from '#study'
import { readLink } from './links.ts'
import { readPack, readStudy } from './read-study.ts'

/** What a link shows, with its study; read once however many parts of the page ask. */
export const pageLink = cache(async (token: string) => {
  const link = await readLink(token)
  const study = await readStudy(link.sheet.studyId)
  const { plan } = makePlan(study.file, await readPack(study.file.pack))

  return { ...link, study, plan }
})

/** `How hard CLIP pulls. clip_guidance_scale × eta, 25 pictures` */
export function describeShared({ plan, study }: Awaited<ReturnType<typeof pageLink>>): string {
  const axes = plan?.axes.map(({ name }) => name).join(' × ')
  const size = plan ? `${plan.size} ${plan.size === 1 ? 'picture' : 'pictures'}` : ''
  const notes = (study.file.notes ?? '').split('\n')[0]!.slice(0, 200)

  return [notes, [axes, size].filter(Boolean).join(', ')].filter(Boolean).join(' ')
}
