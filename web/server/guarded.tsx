import { notFound, unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { errorStatus } from '#study'
import { Broken } from '../shell/broken.tsx'
import { log } from './log.ts'
import { asTeststripError } from './respond.ts'

/**
 * Renders a page, or what to do when it cannot be: production hides the message of an error that reaches an error
 * boundary, so pages turn theirs into words here. The broken page asks for itself again until it is well.
 */
export async function guarded(render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render()
  } catch (error) {
    unstable_rethrow(error)
    const known = asTeststripError(error)
    if (known.code === 'not_found') notFound()
    if (errorStatus[known.code] >= 500) log().error({ err: error }, known.message)

    return (
      <Broken
        message={known.message}
        passing={known.code === 'unavailable' || known.code === 'pack_invalid'}
      />
    )
  }
}
