import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BlobStore } from '#blobs'

/** What a grid of pictures usually is: a page with so many `<img>` in one wrapping block. */
export async function servePlainPage(
  blobs: BlobStore,
  options: { images: readonly string[]; count: number },
): Promise<{ url: string; server: Server }> {
  const { images, count } = options
  const cells = Array.from(
    { length: count },
    (_, index) =>
      `<img width=48 height=48 loading=lazy decoding=async src="/${images[index % images.length]}">`,
  )
  const html = `<!doctype html><title>plain</title><style>body{margin:0}img{margin:3px}</style><main>${cells.join('')}</main>`
  const server = createServer(async (request, response) => {
    const sha = request.url?.slice(1) ?? ''
    const picture = /^[0-9a-f]{64}$/.test(sha) ? await blobs.get(sha) : null
    response.setHeader('cache-control', 'max-age=31536000, immutable')
    response.setHeader('content-type', picture ? 'image/png' : 'text/html')
    response.end(picture ?? html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}
