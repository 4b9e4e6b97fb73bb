/** A message whose size is not its struct's: oapi-facts.md 1.5, -2031 WRONG_TX_SIZE. */
export class SizeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SizeError';
  }
}

/** A field that cannot be what it says: oapi-facts.md 1.5, -18 with the offset of the field as the status. */
export class FieldError extends Error {
  /** Bytes from the beginning of the message. */
  readonly offset: number;

  constructor(offset: number, problem: string) {
    super(problem);
    this.name = 'FieldError';
    this.offset = offset;
  }
}

/** A value that the dictionary in use has no room for: a quantity of more than 32 bits, an account of 16 characters. */
export class RoomError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RoomError';
  }
}
