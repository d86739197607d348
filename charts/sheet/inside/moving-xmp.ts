/** An XMP packet as an application extension of a GIF, with the 258 bytes that let other readers find its end. */
export function gifXmp(packet: string): Buffer {
  const trailer = Buffer.alloc(258)
  trailer[0] = 1
  for (let i = 1; i < 257; i++) trailer[i] = 256 - i

  return Buffer.concat([Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), Buffer.from(packet), trailer])
}

/** The box that XMP Part 3 gives to MP4 files; at the end of the file nothing else moves. */
export function mp4Xmp(packet: string): Buffer {
  const data = Buffer.from(packet)
  const head = Buffer.alloc(24)
  head.writeUInt32BE(24 + data.length)
  head.write('uuid', 4, 'latin1')
  Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex').copy(head, 8)

  return Buffer.concat([head, data])
}
