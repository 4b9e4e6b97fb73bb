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
    const [own, given] = [this.#text, other.#text];
    // All of it, however much of it is right: the time does not tell where it differs.
    let difference = own.length ^ given.length;
    for (let at = 0; at < own.length; at++) difference |= own.charCodeAt(at) ^ given.charCodeAt(at % given.length);
    return difference === 0;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}

/**
 * Keeps passwords apart from what is written down: an event in the journal, and a user in a snapshot, have a reference
 * in their place. The same password twice gets two references, so that they do not tell that it is the same.
 */
export class CredentialVault {
  readonly #secrets: Secret[] = [];
  readonly #kept: (reference: number, secret: Secret) => void;

  /** @param kept told of each password that is kept, before anybody gets its reference */
  constructor(kept: (reference: number, secret: Secret) => void = () => undefined) {
    this.#kept = kept;
  }

  /** @returns its reference: 1, 2, 3 … */
  keep(secret: Secret): number {
    const reference = this.#secrets.push(secret);
    this.#kept(reference, secret);
    return reference;
  }

  get(reference: number): Secret | undefined {
    return this.#secrets[reference - 1];
  }

  /** Every password in plain sight, in the order of the references: for whoever keeps them in a place of its own. */
  reveal(): readonly string[] {
    return this.#secrets.map((secret) => secret.reveal());
  }

  /** The other way. */
  static of(passwords: readonly string[], kept?: (reference: number, secret: Secret) => void): CredentialVault {
    const vault = new CredentialVault(kept);
    for (const password of passwords) vault.#secrets.push(new Secret(password));
    return vault;
  }

  toString(): string {
    return '[credentials]';
  }

  toJSON(): string {
    return '[credentials]';
  }
}
