import { expect, it } from 'vitest'
import { Message } from './protobuf.ts'

const hex = (message: Message) => Buffer.from(message.bytes()).toString('hex')

it('writes varints as Protocol Buffers does', () => {
  expect(hex(new Message().integer(1, 150))).toBe('089601')
  expect(hex(new Message().integer(1, 0))).toBe('0800')
  expect(hex(new Message().integer(1, -1))).toBe('08ffffffffffffffffff01')
  expect(hex(new Message().integer(1, 2 ** 31))).toBe('088080808008')
  expect(hex(new Message().integer(1, 2 ** 40 + 5))).toBe('08858080808020')
  expect(hex(new Message().integer(20, 1))).toBe('a00101')
})

it('writes floats, texts and messages', () => {
  expect(hex(new Message().float(2, 1.5))).toBe('150000c03f')
  expect(hex(new Message().text(2, 'é'))).toBe('1202c3a9')
  expect(hex(new Message().message(3, new Message().integer(1, 150)))).toBe('1a03089601')
  const long = new Message().data(1, new Uint8Array(300).fill(7))
  expect(hex(long)).toBe(`0aac02${'07'.repeat(300)}`)
})
