import { TeststripError } from '#study'

/** What `@aws-sdk/client-s3` throws; never its message, which may quote an access key or a signed request. */
interface Thrown {
  name?: string
  code?: string
  $metadata?: { httpStatusCode?: number }
}

/** The object is not there. A missing bucket is another matter, but an answer to HEAD cannot tell the two apart. */
export const isMissing = (error: unknown): boolean => {
  const { name } = error as Thrown

  return name === 'NoSuchKey' || name === 'NotFound'
}

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'TimeoutError',
])

/** A failure of S3 as a sentence: what, at which server, and what to look at. All may pass, so all are `unavailable`. */
export const s3Error = (error: unknown, at: { bucket: string; host: string }): TeststripError => {
  const { name = '', code = '', $metadata } = error as Thrown
  const status = $metadata?.httpStatusCode

  return new TeststripError('unavailable', sentence(), {
    bucket: at.bucket,
    host: at.host,
    reason: name || code,
  })

  function sentence(): string {
    if (name === 'NoSuchBucket')
      return `There is no bucket '${at.bucket}' at ${at.host}. Make it, or correct TESTSTRIP_BLOBS.`
    if (name === 'CredentialsProviderError')
      return `There are no credentials for the bucket '${at.bucket}'. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`
    if (
      name === 'AccessDenied' ||
      name === 'InvalidAccessKeyId' ||
      name === 'SignatureDoesNotMatch' ||
      status === 401 ||
      status === 403
    )
      return `${at.host} refuses these credentials for the bucket '${at.bucket}' (${name || status}). They must allow s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket.`
    if (name === 'PermanentRedirect' || status === 301)
      return `The bucket '${at.bucket}' is not in the region of AWS_REGION. Set AWS_REGION to the bucket's.`
    if (away.has(code) || away.has(name))
      return `The S3 server ${at.host} does not answer (${code || name}). Check AWS_ENDPOINT_URL_S3 and that it runs.`

    return `The S3 server ${at.host} failed with ${[name || code || 'an error', status].filter(Boolean).join(', ')} in the bucket '${at.bucket}'.`
  }
}
