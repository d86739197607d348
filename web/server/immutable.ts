/** What a hash names never changes: keep it for ever, and answer a repeated question with 304. */
export function immutable(
  request: Request,
  tag: string,
): { headers: Record<string, string>; unchanged: boolean } {
  const etag = `"${tag}"`

  return {
    headers: { 'cache-control': 'public, max-age=31536000, immutable', etag },
    unchanged: (request.headers.get('if-none-match') ?? '').includes(etag),
  }
}
