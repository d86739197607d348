import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The app lives in a folder of one package, so both tracing and Turbopack are told where the package begins:
 * that is what lets `#study` and the other rooms resolve, `.ts` extensions and all, on either side.
 */
const config: NextConfig = {
  turbopack: { root },
  outputFileTracingRoot: root,
  poweredByHeader: false,
  // Half-bundled, Temporal's client loads protobufjs twice and its gRPC errors lose their text.
  serverExternalPackages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto'],
}

export default config
