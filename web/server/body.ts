import { TeststripError } from '#study'

const mostBytes = 2_000_000

/** The body as text, refused when it is larger than any study file has reason to be. */
export async function readText(request: Request): Promise<string> {
  const text = await request.text()
  if (text.length > mostBytes)
    throw new TeststripError(
      'invalid_input',
      `The body has ${text.length} characters; ${mostBytes} are the most a study file may have.`,
    )

  return text
}

/** The body as JSON; nothing at all counts as `{}`, so that commands can be sent bare. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request)

  return text.trim() === '' ? {} : JSON.parse(text)
}

const largestSheet = 256 * 2 ** 20

/** The body as bytes, refused when it is larger than any sheet Teststrip prints as one PNG should be. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const refuse = (bytes: number) => {
    throw new TeststripError(
      'invalid_input',
      `The picture has ${bytes} bytes; ${largestSheet} are the most that are read.`,
    )
  }
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > largestSheet) refuse(announced)
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > largestSheet) refuse(bytes.length)

  return bytes
}
