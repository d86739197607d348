import { expect, it, vi } from 'vitest'
import { openBlobs } from './open-blobs.ts'
import { parseS3Location } from './s3-location.ts'

it('reads bucket, prefix and path style', () => {
  expect(parseS3Location('s3://pictures')).toEqual({ bucket: 'pictures', prefix: '', pathStyle: false })
  expect(parseS3Location('s3://my.pictures/a/b/')).toEqual({
    bucket: 'my.pictures',
    prefix: 'a/b',
    pathStyle: false,
  })
  expect(parseS3Location('s3://pictures/?path-style=true')).toEqual({
    bucket: 'pictures',
    prefix: '',
    pathStyle: true,
  })
  expect(parseS3Location('s3://pictures/x?path-style=false').pathStyle).toBe(false)
})

it('refuses what is no place in S3, and repeats no secret that was put there', () => {
  for (const where of [
    's3://',
    's3:pictures',
    's3://UPPER_case/x',
    's3://a/x',
    's3://pictures/../x?region=eu',
    's3://pictures/a//b',
    's3://pictures/a/%2e%2e/b',
    's3://pictures/a%00b',
    's3://pictures/x?path-style=maybe',
    's3://pictures:9000/x',
    's3://key:hunter2@pictures/x',
  ])
    expect(() => openBlobs(where), where).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        message: expect.stringMatching(/^TESTSTRIP_BLOBS (?!.*hunter2).*s3:\/\/bucket\/prefix/),
      }),
    )
})

it('an endpoint that is no address is said without repeating it', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'user:hunter2@somewhere')
  await expect(openBlobs('s3://pictures').has('a'.repeat(64))).rejects.toThrow(
    /^AWS_ENDPOINT_URL_S3 (?!.*hunter2).*no address/,
  )
  vi.unstubAllEnvs()
})
