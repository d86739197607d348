import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { postingSize, sizePresets } from '#charts'
import { SharedScreen } from '../../../screens/shared/shared-screen.tsx'
import { guarded } from '../../../server/guarded.tsx'
import { shareBase } from '../../../server/links.ts'
import { describeShared, pageLink } from '../../../server/shared-page.ts'

type Props = { params: Promise<{ token: string }> }

/** The card that other sites show for the link. Search engines stay out: a link is for those it was sent to. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params
  const link = await pageLink(token).catch(() => null)
  const robots = { index: false, follow: false }
  if (!link) return { title: 'Nothing here', robots }

  const base = shareBase({ headers: await headers() })
  const address = `${base}/s/${token}`
  const { title } = link.sheet
  const description = describeShared(link)
  const { width, height } = sizePresets[link.plan ? postingSize(link.plan, link.view) : 'square']
  const images = [{ url: `${address}/sheet.png?card`, width: width!, height: height!, alt: title }]

  return {
    title: { absolute: title },
    description,
    robots,
    referrer: 'no-referrer',
    openGraph: { type: 'article', siteName: 'Teststrip', title, description, url: address, images },
    twitter: { card: 'summary_large_image', title, description, images },
  }
}

export default function SharedPage({ params }: Props) {
  return guarded(async () => {
    const { token } = await params
    const link = await pageLink(token)

    return (
      <SharedScreen
        address={`${shareBase({ headers: await headers() })}/s/${token}`}
        title={link.sheet.title}
        says={describeShared(link)}
        whole={link.sheet.whole}
        theme={link.options.theme}
      />
    )
  })
}
