import { TeststripError } from '#study'

/** Where in S3 the blobs are, out of `s3://bucket/prefix?path-style=true`. */
export interface S3Location {
  bucket: string
  /** Without slashes at its ends; may be empty. */
  prefix: string
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`, as most servers that are not Amazon's want it. */
  pathStyle: boolean
}

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const prefixPart = /^(?!\.*$)[A-Za-z0-9!_.'()*-]+$/

/** Reads `TESTSTRIP_BLOBS`. What is wrong with it is said without repeating it, for it may hold a secret by mistake. */
export const parseS3Location = (where: string): S3Location => {
  const refuse = (why: string): never => {
    throw new TeststripError(
      'invalid_input',
      `TESTSTRIP_BLOBS ${why}. It is written s3://bucket/prefix, or s3://bucket/prefix?path-style=true.`,
    )
  }
  const [, bucket, path, options] =
    /^s3:\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(where) ?? refuse('is no address of a bucket')

  if (/[@:]/.test(bucket!))
    refuse(
      'names more than a bucket; endpoint and credentials belong in AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    )
  if (!bucketName.test(bucket!)) refuse('does not name a bucket (3 to 63 of a-z, 0-9, "." and "-")')
  const prefix = (path ?? '').replace(/\/$/, '')
  if (prefix.length > 500 || (prefix !== '' && !prefix.split('/').every((part) => prefixPart.test(part))))
    refuse("has a prefix that is not made of letters, digits and !_.'()*- between single slashes")
  if (!['', 'path-style=true', 'path-style=false'].includes(options ?? ''))
    refuse('has an option other than path-style=true')

  return { bucket: bucket!, prefix, pathStyle: options === 'path-style=true' }
}
