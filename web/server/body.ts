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
