'use client'

import { Broken } from '../shell/broken.tsx'

/** The last net: what no page foresaw. */
export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return (
    <Broken
      message={`This page failed in an unforeseen way${error.digest ? ` (${error.digest} in the server log)` : `: ${error.message}`}.`}
      passing={false}
    />
  )
}
