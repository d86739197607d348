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

/** The body as bytes, refused when there are more than `most`, as soon as that is known. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const refuse = (bytes: string) => {
    throw new TeststripError(
      'invalid_input',
      `The file has ${bytes} bytes; ${most} are the most that are read.`,
    )
  }
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > most) refuse(String(announced))

  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > most) refuse(`more than ${most}`)
    chunks.push(chunk)
  }

  return new Uint8Array(Buffer.concat(chunks, length))
}
