/** Different renders in a row after which it is the device, not the renders. */
const enough = 3

/**
 * Renders in a row that came to nothing on a device through no fault that anybody could name. One render may be
 * poison; several different ones without a picture in between mean that the device is.
 */
export class Troubles {
  readonly #keys = new Set<string>()

  /** Notes one more; why the device is to be set aside, once it is. */
  note(key: string, how: string): string | null {
    this.#keys.add(key)
    if (this.#keys.size < enough) return null

    return `${this.#keys.size} pictures in a row could not be made here; the last time: ${how}`
  }

  /** The renders that met with trouble since the last picture. */
  get keys(): string[] {
    return [...this.#keys]
  }

  forget(): void {
    this.#keys.clear()
  }
}
