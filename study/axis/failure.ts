/** Thrown inside the axis reader only, and turned into a Problem at its edge. */
export class AxisFailure extends Error {}

export function fail(message: string): never {
  throw new AxisFailure(message)
}
