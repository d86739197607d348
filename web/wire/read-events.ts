export interface ServerEvent {
  /** `message` where the server named none. */
  name: string
  data: string
}

/**
 * The events of a `text/event-stream` body, as they come. Ours rather than the browser's `EventSource`, which hides
 * why a stream ended, hears no heartbeat, and goes on waiting at a line that is dead.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parseEvent(text.slice(0, end))
        text = text.slice(end + 2)
        if (event) yield event
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** One block of lines; null for comments and what carries no data. */
function parseEvent(block: string): ServerEvent | null {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? []
    if (field === 'event') name = value!
    if (field === 'data') data.push(value!)
  }

  return data.length === 0 ? null : { name, data: data.join('\n') }
}
