/** Packed bytes that are true only now. */
export const packed = (bytes: Uint8Array, headers: Record<string, string> = {}): Response =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store', ...headers },
  })
