/** What the reference tokenizer does before splitting: repair the text (ftfy), unescape HTML twice, one space between words, lower case. */
export function cleanText(text: string): string {
  const repaired = repair(text)

  return unescapeHtml(unescapeHtml(repaired)).replace(/\s+/gu, ' ').trim().toLowerCase()
}

const ligatures: Record<string, string> = {
  ĳ: 'ij',
  ŉ: 'ʼn',
  ǆ: 'dž',
  ǉ: 'lj',
  ǌ: 'nj',
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'ſt',
  ﬆ: 'st',
}

/** Straight quotes, plain ligatures, full-width forms made narrow, control characters out, composed accents. */
function repair(text: string): string {
  return (
    text
      .replace(/[ĳŉǆǉǌﬀ-ﬆ]/gu, (ligature) => ligatures[ligature] ?? ligature)
      .replace(/[\u3000\uff01-\uffef]/gu, (wide) => wide.normalize('NFKC'))
      .replace(/[\u02bc\u2018-\u201b]/gu, "'")
      .replace(/[\u201c-\u201f]/gu, '"')
      .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
      .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\u206a-\u206f\ufeff\ufff9-\ufffc]/gu, '')
      .replace(/[\ud800-\udfff]/gu, '\ufffd')
      .normalize('NFC')
  )
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  times: '×',
  deg: '°',
  middot: '·',
  bull: '•',
}

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)

    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : '\ufffd'
  })
}
