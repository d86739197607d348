import type { Metadata } from 'next'
import { EmbeddedScreen } from '../../../../screens/shared/embedded-screen.tsx'
import { guarded } from '../../../../server/guarded.tsx'
import { pageLink } from '../../../../server/shared-page.ts'

export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' }

type Props = { params: Promise<{ token: string }> }

/** The shared sheet alone, for a frame in somebody's page. */
export default function EmbedPage({ params }: Props) {
  return guarded(async () => {
    const { token } = await params
    const { sheet } = await pageLink(token)

    return <EmbeddedScreen path={`/s/${token}`} title={sheet.title} whole={sheet.whole} />
  })
}
