/**
 * A password inside the model. It shows itself only to `reveal` and `matches`: printing, JSON and
 * logging give a placeholder, so that no journal, log or error text can carry it by accident.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  matches(other: Secret): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}
