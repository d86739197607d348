const reference = /^sha256:([0-9a-f]{64})$/
const address = /^https?:\/\//i

/**
 * How a recipe of a study names a picture: by its bytes. File names are the affair of the machine they are on, so they
 * become references when a picture is handed in.
 */
export const pictureReference = (sha256: string): string => `sha256:${sha256}`

/** The SHA-256 (hex) that a reference holds; null for a file name or an address. */
export const shaOfReference = (text: string): string | null => reference.exec(text)?.[1] ?? null

/** Is it an address on the web? Nothing is ever fetched from there without being asked for. */
export const isAddress = (text: string): boolean => address.test(text)
