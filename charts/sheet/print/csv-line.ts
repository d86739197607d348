/** A line of a table as spreadsheets read it (RFC 4180). Text that they would take for a formula is marked as text. */
export function csvLine(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`
}

function csvValue(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : String(value)

  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))
