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
  serverExternalPackages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto', 'esbuild'],
  // Behind a proxy.ts Next cuts longer bodies off without a word. Above our own limits, which refuse in a sentence.
  experimental: { proxyClientMaxBodySize: 257 * 2 ** 20 },
}

export default config
