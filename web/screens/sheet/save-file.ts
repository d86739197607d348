/** Through a link rather than a fetch: the browser streams it to disk and names it as the server says. */
export function saveFile(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
