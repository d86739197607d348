import { expect, test } from 'vitest'
import { readEvents, type ServerEvent } from './read-events.ts'

const read = async (...chunks: string[]): Promise<ServerEvent[]> => {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
  const events: ServerEvent[] = []
  for await (const event of readEvents(body)) events.push(event)

  return events
}

test('events come whole, however the line cuts them', async () => {
  expect(
    await read('id: 7\nevent: fra', 'me\ndata: {"a":1}\n', '\nevent: beat\ndata: x\n\nevent: cut'),
  ).toEqual([
    { name: 'frame', data: '{"a":1}' },
    { name: 'beat', data: 'x' },
  ])
})

test('comments say nothing, and data of several lines is one', async () => {
  expect(await read(': still here\n\ndata: one\ndata: two\n\n')).toEqual([
    { name: 'message', data: 'one\ntwo' },
  ])
})
