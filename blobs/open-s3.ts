import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { TeststripError } from '#study'
import type { S3Location } from './s3-location.ts'

export interface S3Connection {
  sdk: typeof import('@aws-sdk/client-s3')
  client: S3Client
  /** The server's name, for messages. */
  host: string
}

/** Amazon's own client, told by the usual AWS variables and files where to ask and who is asking. */
export const openS3 = async ({ pathStyle }: S3Location): Promise<S3Connection> => {
  const host = endpointHost(process.env)
  const sdk = await import('@aws-sdk/client-s3')
  const config: S3ClientConfig = {
    forcePathStyle: pathStyle,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  }
  const client = new sdk.S3Client(config)
  const region = await client.config.region().catch(() => null)
  if (region) return { sdk, client, host }

  // Servers that are not Amazon's have no regions; this name is what they expect, and Amazon's own default.
  return { sdk, client: new sdk.S3Client({ ...config, region: 'us-east-1' }), host }
}

const endpointHost = (env: NodeJS.ProcessEnv): string => {
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL
  if (!endpoint) return 'Amazon S3'
  if (URL.canParse(endpoint) && /^https?:\/\//.test(endpoint)) return new URL(endpoint).host

  throw new TeststripError(
    'invalid_input',
    'AWS_ENDPOINT_URL_S3 (or AWS_ENDPOINT_URL) is no address; it is written https://host or http://host:port.',
  )
}
