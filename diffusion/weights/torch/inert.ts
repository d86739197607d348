/**
 * What a pickle describes, as plain data. Where Python would look up a class and call it, the name is noted and
 * nothing happens. Lists, tuples and sets are arrays, dictionaries are maps.
 */
export type Inert =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Inert[]
  | Map<Inert, Inert>
  | Named
  | Made
  | StorageRef
  | TensorRef

/** A class or function that the pickle names, as `module.name`. */
export class Named {
  constructor(readonly name: string) {}
}

/** An object of an unknown class: what it was to be made of, and the state it was to be given. */
export class Made {
  readonly items = new Map<Inert, Inert>()
  state: Inert = null

  constructor(
    readonly type: Inert,
    readonly args: Inert,
  ) {}
}

/** A run of numbers kept outside the pickle. */
export class StorageRef {
  constructor(
    /** PyTorch's class, such as FloatStorage. */
    readonly type: string,
    readonly key: string,
    /** First number of a view into the storage; 0 in all but old files. */
    readonly from: number,
    /** Numbers that may be used from there. */
    readonly count: number,
  ) {}
}

/** A tensor as a view into a storage; offset and strides count numbers. */
export class TensorRef {
  constructor(
    readonly storage: StorageRef,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}
