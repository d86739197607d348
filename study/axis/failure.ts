/** Thrown inside the axis reader only, and turned into a Problem at its edge. */
export class AxisFailure extends Error {
  /** The piece of the typed text that is to blame, once somebody who holds it has said so. */
  piece: string | null = null
}

export function fail(message: string): never {
  throw new AxisFailure(message)
}

/** Reads a piece of the text; a failure inside is blamed on the smallest piece it happened in. */
export function within<T>(piece: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof AxisFailure) error.piece ??= piece
    throw error
  }
}
